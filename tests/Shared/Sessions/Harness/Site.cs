using System.Globalization;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.Harness;

/// <summary>A site for one test: a private redis-server and some replicas.</summary>
internal sealed class Site : IAsyncDisposable
{
    private Site(RedisServerProcess redis, Replica[] replicas)
    {
        Redis = redis;
        Replicas = replicas;
    }

    public RedisServerProcess Redis { get; }

    public Replica[] Replicas { get; }

    public Replica A => Replicas[0];

    public Replica B => Replicas[1];

    public static async Task<Site> StartAsync(Action<SharedSessionOptions>? configure = null, int replicas = 2, RedisServerOptions? redisOptions = null)
    {
        var redis = await RedisServerProcess.StartAsync(redisOptions, TestContext.Current.CancellationToken);
        var started = await Task.WhenAll(Enumerable.Range(0, replicas).Select(_ => Replica.StartAsync(redis.ConnectionString, configure)));
        return new Site(redis, started);
    }

    /// <summary>How often the server ran a command, by its own count.</summary>
    public async Task<long> CallsAsync(string command)
    {
        var info = await Redis.SendAsync("INFO", "commandstats");
        var line = info.Split("\r\n").FirstOrDefault(line => line.StartsWith($"cmdstat_{command}:", StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : long.Parse(line.Split("calls=")[1].Split(',')[0], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in Replicas) await replica.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
