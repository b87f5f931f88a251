using System.Diagnostics;
using ShopSession.Sessions.Bench.Servers;

namespace ShopSession.Sessions.Bench.Load;

/// <summary>Connections to one server, each with sessions of its own, and the load that they make.</summary>
internal sealed class LoadGenerator : IDisposable
{
    private const int SessionsPerConnection = 8;

    private readonly List<(BenchConnection Connection, string[] Cookies)> _clients = [];

    /// <summary>Opens the connections and starts the sessions, each with one attribute.</summary>
    public static async Task<LoadGenerator> StartAsync(ServerProcess server, int connections)
    {
        var load = new LoadGenerator();
        for (var i = 0; i < connections; i++)
        {
            var connection = await BenchConnection.OpenAsync(server.Address);
            var cookies = new string[server.Stack == Stack.None ? 1 : SessionsPerConnection];
            for (var k = 0; k < cookies.Length; k++)
            {
                var (_, cookie) = await connection.AskAsync(BenchConnection.Request("POST", "/write", ""));
                cookies[k] = cookie ?? (server.Stack == Stack.None ? "" : throw new InvalidOperationException($"{server.Stack.Name} set no cookie."));
            }

            load._clients.Add((connection, cookies));
        }

        return load;
    }

    /// <summary>All sessions' cookies.</summary>
    public IEnumerable<string> Cookies => _clients.SelectMany(static client => client.Cookies);

    /// <summary>Every connection sends one request after the other until the time is over.</summary>
    public async Task<LoadResult> RunAsync(string method, string path, double seconds)
    {
        var started = Stopwatch.GetTimestamp();
        var end = started + (long)(seconds * Stopwatch.Frequency);
        var latencies = await Task.WhenAll(_clients.Select(client => Task.Run(() => RunAsync(client.Connection, client.Cookies, method, path, end))));
        return new LoadResult(Stopwatch.GetElapsedTime(started).TotalSeconds, [.. latencies.SelectMany(static list => list)]);
    }

    public void Dispose()
    {
        foreach (var (connection, _) in _clients) connection.Dispose();
    }

    private static async Task<List<double>> RunAsync(BenchConnection connection, string[] cookies, string method, string path, long end)
    {
        var requests = Array.ConvertAll(cookies, cookie => BenchConnection.Request(method, path, cookie));
        var latencies = new List<double>(16 * 1024);
        for (var i = 0; ; i++)
        {
            var before = Stopwatch.GetTimestamp();
            if (before >= end) return latencies;
            await connection.SendAsync(requests[i % requests.Length]);
            latencies.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }
    }
}
