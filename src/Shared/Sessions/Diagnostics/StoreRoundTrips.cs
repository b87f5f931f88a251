namespace ShopSession.Sessions.Diagnostics;

/// <summary>Counts a request's round trips to the store, while somebody measures them. Safe for concurrent use.</summary>
internal sealed class StoreRoundTrips
{
    private readonly AsyncLocal<Tally?> _current = new();

    /// <summary>Starts counting for what runs from here on.</summary>
    public Tally Begin() => _current.Value = new Tally();

    public void Count() => _current.Value?.Add();

    public sealed class Tally
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Add() => Interlocked.Increment(ref _count);
    }
}
