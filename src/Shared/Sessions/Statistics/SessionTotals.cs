namespace ShopSession.Sessions.Statistics;

/// <summary>
/// Counts since the start, for who asks this process itself. The instruments of <see cref="Diagnostics.SessionMetrics"/> tell listeners of each step and keep no sum, and a listener of our own
/// would keep every instrument switched on. Safe for concurrent use.
/// </summary>
internal sealed class SessionTotals
{
    private long _requests;
    private long _created;
    private long _signedIn;
    private long _rotated;
    private long _signedOut;
    private long _revoked;
    private long _rejected;

    public void Request() => Interlocked.Increment(ref _requests);

    public void Created() => Interlocked.Increment(ref _created);

    public void SignedIn() => Interlocked.Increment(ref _signedIn);

    public void Rotated() => Interlocked.Increment(ref _rotated);

    public void SignedOut() => Interlocked.Increment(ref _signedOut);

    public void Revoked() => Interlocked.Increment(ref _revoked);

    public void Rejected(int count) => Interlocked.Add(ref _rejected, count);

    public SessionStatistics Read() => new()
    {
        Requests = Interlocked.Read(ref _requests),
        Created = Interlocked.Read(ref _created),
        SignedIn = Interlocked.Read(ref _signedIn),
        Rotated = Interlocked.Read(ref _rotated),
        SignedOut = Interlocked.Read(ref _signedOut),
        Revoked = Interlocked.Read(ref _revoked),
        Rejected = Interlocked.Read(ref _rejected),
    };
}
