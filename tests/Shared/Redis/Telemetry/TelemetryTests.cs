using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ShopSession.Redis.Tests.Telemetry;

public sealed class TelemetryTests : RedisTest
{
    private const string Secret = "hush-hush";

    [Fact]
    public async Task Spans_carry_the_conventions_and_no_content()
    {
        var spans = new List<Activity>();
        using var root = new Activity("root").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "ShopSession.Redis",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (spans)
                    if (activity.TraceId == root.TraceId) spans.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await UseAsync(Client(options => options.Database = 2));

        Assert.Equal(["SET", "HGET", "PIPELINE", "MULTI"], spans.Select(span => span.DisplayName));
        var set = spans[0];
        Assert.Equal(ActivityKind.Client, set.Kind);
        Assert.Equal("redis", set.GetTagItem("db.system.name"));
        Assert.Equal("SET", set.GetTagItem("db.operation.name"));
        Assert.Equal("2", set.GetTagItem("db.namespace"));
        Assert.Equal("127.0.0.1", set.GetTagItem("server.address"));
        Assert.Equal(Server.Port, set.GetTagItem("server.port"));
        Assert.Equal(("WRONGTYPE", ActivityStatusCode.Error), (spans[1].GetTagItem("db.response.status_code"), spans[1].Status));
        Assert.Equal(2, spans[2].GetTagItem("db.operation.batch.size"));
        Assert.All(spans, span => Assert.DoesNotContain(span.TagObjects, tag => tag.Value is string text && text.Contains(Secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Durations_are_measured_with_the_conventions_and_no_content()
    {
        var client = Client(options => options.Database = 7);
        var seen = new List<(string Instrument, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "ShopSession.Redis") self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            var copy = tags.ToArray().ToDictionary();
            lock (seen)
                if (Equals(copy.GetValueOrDefault("db.namespace"), "7")) seen.Add((instrument.Name, copy));
        });
        listener.Start();
        await UseAsync(client);

        Assert.Equal(["SET", "HGET", "PIPELINE", "MULTI"], seen.Select(one => one.Tags["db.operation.name"]));
        Assert.All(seen, one => Assert.Equal(("db.client.operation.duration", "redis"), (one.Instrument, one.Tags["db.system.name"])));
        Assert.Equal("WRONGTYPE", seen[1].Tags["error.type"]);
        Assert.DoesNotContain(seen.SelectMany(one => one.Tags.Values), value => value is string text && text.Contains(Secret, StringComparison.Ordinal));
    }

    private static async Task UseAsync(RedisClient client)
    {
        await client.SetAsync(Secret, Secret, cancellationToken: Stop);
        await Assert.ThrowsAsync<RedisServerException>(async () => await client.HashGetAsync(Secret, Secret, Stop));
        await client.ExecuteAsync(new RedisPipeline().Add("GET", (RedisKey)Secret).Add("GET", (RedisKey)Secret), Stop);
        await client.ExecuteAsync(new RedisTransaction().Add("GET", (RedisKey)Secret).Add("GET", (RedisKey)Secret), Stop);
    }
}
