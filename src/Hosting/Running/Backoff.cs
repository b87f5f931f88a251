namespace Aspire.Hosting.Running;

/// <summary>
/// How long a crashed replica stays down: half a second, doubled at each crash in a row up to half a minute, and from the beginning once it
/// has run for half a minute.
/// </summary>
internal sealed class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5), Longest = TimeSpan.FromSeconds(30), Stable = TimeSpan.FromSeconds(30);

    private int _crashes;

    /// <param name="ranFor">How long the process lived that has just crashed.</param>
    public TimeSpan Next(TimeSpan ranFor)
    {
        _crashes = ranFor >= Stable ? 1 : Math.Min(_crashes + 1, 16);
        return TimeSpan.FromTicks(Math.Min(First.Ticks << (_crashes - 1), Longest.Ticks));
    }

    public void Reset() => _crashes = 0;
}
