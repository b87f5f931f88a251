using System.Diagnostics;

namespace ShopSession.Testing;

/// <summary>Waiting for a condition with a limit: what tests use in place of sleeps.</summary>
public static class Poll
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns as soon as <paramref name="condition"/> holds.</summary>
    /// <param name="condition">Asked every 10 ms.</param>
    /// <param name="limit">How long to wait at most.</param>
    /// <param name="what">What is waited for, for the message: "the replica answers".</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">The condition did not hold within the limit.</exception>
    public static Task UntilAsync(Func<bool> condition, TimeSpan limit, string what, CancellationToken cancellationToken = default) =>
        UntilAsync(() => Task.FromResult(condition()), limit, what, cancellationToken);

    /// <inheritdoc cref="UntilAsync(Func{bool}, TimeSpan, string, CancellationToken)"/>
    public static async Task UntilAsync(
        Func<Task<bool>> condition, TimeSpan limit, string what, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var started = Stopwatch.GetTimestamp();
        while (!await condition().ConfigureAwait(false))
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
                throw new TimeoutException($"Not reached within {limit.TotalSeconds:0.###} s: {what}.");
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
