using System.Diagnostics;
using ShopSession.Sessions.Bench.Load;
using ShopSession.Sessions.Bench.Servers;

namespace ShopSession.Sessions.Bench.Measuring;

/// <summary>
/// A fresh process whose first requests all come at once and read the session without awaiting it, as most code in the wild does: where
/// that blocks a thread on the store, the pool starves.
/// </summary>
internal static class ColdStart
{
    private const int Simultaneous = 32;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <returns>How many of the requests were answered with the session's value within the limit, and the time until the last answer.</returns>
    public static async Task<(int Right, TimeSpan Time)> RunAsync(Stack stack, string redis, IReadOnlyList<string> cookies)
    {
        await using var server = await ServerProcess.StartAsync(stack, redis);
        using var limit = new CancellationTokenSource(Limit);
        var started = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, Simultaneous).Select(i => IsRightAsync(server, cookies[i % cookies.Count], limit.Token)));
        return (answers.Count(static right => right), Stopwatch.GetElapsedTime(started));
    }

    private static async Task<bool> IsRightAsync(ServerProcess server, string cookie, CancellationToken limit)
    {
        try
        {
            using var connection = await BenchConnection.OpenAsync(server.Address);
            var (body, _) = await connection.AskAsync(BenchConnection.Request("GET", "/read-at-once", cookie)).WaitAsync(limit);
            return body.Length == 100;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Counted as what it is: not answered well.
            return false;
        }
    }
}
