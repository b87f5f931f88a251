using System.Diagnostics.Metrics;
using ShopSession.Testing;

namespace ShopSession.Redis.Tests.NearCache;

/// <summary>What an operator sees of the near cache: hits, size and what the server reported, as metrics of the client's meter.</summary>
public sealed class NearCacheMetricsTests : RedisTest
{
    [Fact]
    public async Task Hits_misses_size_and_invalidations_are_metrics()
    {
        var options = RedisClientOptions.Parse(Server.ConnectionString);
        options.NearCache.Prefixes.Add("s:");
        using var meters = new Meters();
        var client = Own(new RedisClient(options, meterFactory: meters));
        await Server.SendAsync("SET", "s:a", "1");
        await Poll.UntilAsync(
            async () => await ReadAsync(client) == "1" && client.NearCache.TryGet<string>("s:a", out _), Limit, "the value is kept", Stop);
        var (before, statistics) = (Record(meters), client.NearCache.Statistics);
        Assert.Equal(statistics.Hits, before["requests/hit"]);
        Assert.Equal(statistics.Misses, before["requests/miss"]);
        Assert.Equal(statistics.HitRatio, before["hit_ratio"]);
        Assert.Equal((1, statistics.Bytes), (before["entries"], (long)before["size"]));
        Assert.True(before["requests/hit"] > 0 && before["size"] > 0);

        await Server.SendAsync("SET", "s:a", "2");
        await Poll.UntilAsync(
            () => Record(meters) is var after && after["invalidations"] > before["invalidations"] && after["entries"] == 0, Limit, "the change is seen in the metrics", Stop);
    }

    private static ValueTask<string?> ReadAsync(RedisClient client) => client.NearCache.GetOrReadAsync(
        "s:a", ["s:a"], new RedisPipeline().Add("GET", (RedisKey)"s:a"), replies => replies[0].AsString(), Stop);

    private static Dictionary<string, double> Record(Meters meters)
    {
        const string prefix = "redis.client.near_cache.";
        var seen = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name.StartsWith(prefix, StringComparison.Ordinal)) self.EnableMeasurementEvents(instrument);
            },
        };
        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var name = instrument.Name[prefix.Length..];
            foreach (var tag in tags) name += $"/{tag.Value}";
            seen[name] = value;
        }
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }

    // The instruments of this client only: one process may hold several.
    private sealed class Meters : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            _meters.Add(new Meter(options));
            return _meters[^1];
        }

        public void Dispose() => _meters.ForEach(meter => meter.Dispose());
    }
}
