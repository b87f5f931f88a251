using ShopSession.Testing;

namespace ShopSession.Redis.Bench;

internal static class NearCacheReader
{
    /// <summary>A client with a kept value under the name <c>s:a</c>.</summary>
    public static async Task<RedisClient> ConnectAsync(RedisServerProcess server)
    {
        var options = RedisClientOptions.Parse(server.ConnectionString);
        options.NearCache.Prefixes.Add("s:");
        // Measured is the hit; on a busy machine a late heartbeat would turn it into a miss.
        options.NearCache.Lease = TimeSpan.FromSeconds(30);
        options.HeartbeatTimeout = TimeSpan.FromSeconds(20);
        var client = new RedisClient(options);
        await client.SetAsync("s:a", "value");
        await Poll.UntilAsync(
            async () =>
            {
                await client.NearCache.GetOrReadAsync(
                    "s:a", [(RedisKey)"s:a"], new RedisPipeline().Add("GET", (RedisKey)"s:a"), static replies => replies[0].AsString());
                return client.NearCache.TryGet<string>("s:a", out _);
            },
            TimeSpan.FromSeconds(10), "the value is kept");
        return client;
    }
}
