using ShopSession.Testing;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ShopSession.Redis.Tests.Telemetry;

public sealed class TelemetryTests : RedisTest
{
    protected override RedisServerOptions ServerOptions => new() { IsReal = true };

    private const string Secret = "hush-hush";

    [Fact]
    public async Task Spans_carry_the_conventions_and_no_content()
    {
        using var traces = new Traces();
        await UseAsync(Client(options => options.Database = 2));

        var spans = traces.Spans;
        Assert.Equal(["SET", "HGET", "PIPELINE GET", "MULTI", "MULTI", "WATCH", "GET", "MULTI SET", "WATCH", "UNWATCH", "MULTI INCR", "EVALSHA", "EVAL"], spans.Select(span => span.DisplayName));
        var set = spans[0];
        Assert.Equal(ActivityKind.Client, set.Kind);
        Assert.Equal("redis", set.GetTagItem("db.system.name"));
        Assert.Equal("SET", set.GetTagItem("db.operation.name"));
        Assert.Equal("2", set.GetTagItem("db.namespace"));
        Assert.Equal(("127.0.0.1", "127.0.0.1"), (set.GetTagItem("server.address"), set.GetTagItem("network.peer.address")));
        Assert.Equal((Server.Port, Server.Port), (set.GetTagItem("server.port"), set.GetTagItem("network.peer.port")));
        Assert.Equal(("WRONGTYPE", ActivityStatusCode.Error), (spans[1].GetTagItem("db.response.status_code"), spans[1].Status));
        Assert.Equal((2, 2), (spans[2].GetTagItem("db.operation.batch.size"), spans[3].GetTagItem("db.operation.batch.size")));
        // The transaction that was refused as a whole.
        Assert.Equal(("ERR", ActivityStatusCode.Error), (spans[4].GetTagItem("error.type"), spans[4].Status));
        Assert.Null(spans[7].GetTagItem("db.operation.batch.size"));
        Assert.Equal(Script.Digest, spans[11].GetTagItem("db.stored_procedure.name"));
        AssertNoContent(spans);
    }

    [Fact]
    public async Task Subscriptions_are_traced_without_the_names_of_channels()
    {
        using var traces = new Traces();
        var client = Client();
        await using (await client.SubscribeAsync(Secret, Stop))
        {
        }

        await using (await client.SubscribePatternAsync(Secret, Stop))
        {
        }

        Assert.Equal(["SUBSCRIBE", "UNSUBSCRIBE", "PSUBSCRIBE", "PUNSUBSCRIBE"], traces.Spans.Select(span => span.DisplayName));
        Assert.All(traces.Spans, span => Assert.Equal(Server.Port, span.GetTagItem("network.peer.port")));
        AssertNoContent(traces.Spans);
    }

    [Fact]
    public async Task What_a_sampler_may_look_at_is_there_when_the_span_begins()
    {
        using var traces = new Traces();
        await Client().SetAsync(Secret, Secret, cancellationToken: Stop);
        Assert.Equal(
            ["db.namespace", "db.operation.name", "db.system.name", "server.address", "server.port"],
            traces.AtCreation.Select(tag => tag.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_read_for_the_near_cache_counts_the_commands_of_its_caller()
    {
        var client = Client(options => options.NearCache.Prefixes.Add("n:"));
        await ConnectedAsync(client);
        using var traces = new Traces();
        await client.NearCache.ReadAndKeepAsync(
            "n:a", [(RedisKey)"n:a"], new RedisPipeline().Add("GET", (RedisKey)"n:a").Add("TTL", (RedisKey)"n:a"), static _ => "", Stop);
        var span = Assert.Single(traces.Spans);
        Assert.Equal(("PIPELINE", 2), (span.DisplayName, span.GetTagItem("db.operation.batch.size")));
    }

    [Fact]
    public async Task Durations_are_measured_with_the_conventions_and_no_content()
    {
        using var measurements = new Measurements("7");
        await UseAsync(Client(options => options.Database = 7));

        var seen = measurements.Of("db.client.operation.duration");
        Assert.Equal(
            ["SET", "HGET", "PIPELINE GET", "MULTI", "MULTI", "WATCH", "GET", "MULTI SET", "WATCH", "UNWATCH", "MULTI INCR", "EVALSHA", "EVAL"],
            seen.Select(tags => tags["db.operation.name"]));
        Assert.All(seen, tags => Assert.Equal("redis", tags["db.system.name"]));
        Assert.Equal("WRONGTYPE", seen[1]["error.type"]);
        Assert.DoesNotContain(seen.SelectMany(tags => tags.Values), value => value is string text && text.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connections_are_measured_under_the_name_of_their_pool()
    {
        var pool = $"127.0.0.1:{Server.Port}/5";
        using var measurements = new Measurements(pool);
        var client = Client(options => options.Database = 5);
        await ConnectedAsync(client);
        await using (await client.WatchAsync(["a"], Stop))
        {
        }

        Assert.Equal(2, measurements.Of("db.client.connection.create_time").Count);
    }

    /// <summary>Guards the reader's thread: what a listener threw ended the connection, and left the caller waiting for ever.</summary>
    [Fact]
    public async Task A_listener_that_fails_costs_nobody_a_reply()
    {
        var failures = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Meter.Name: "ShopSession.Redis", Name: "db.client.operation.duration" }) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            if (!tags.ToArray().ToDictionary().ContainsValue("9")) return;
            Interlocked.Increment(ref failures);
            throw new InvalidOperationException("A listener of its own.");
        });
        listener.Start();
        var client = Client(options => options.Database = 9);
        var id = await client.ExecuteAsync("CLIENT", ["ID"], Stop);
        for (var i = 0; i < 10; i++) Assert.Equal($"{i}", (await client.ExecuteAsync("ECHO", [$"{i}"], Stop)).AsString());
        Assert.Equal(id.AsInt64(), (await client.ExecuteAsync("CLIENT", ["ID"], Stop)).AsInt64());
        Assert.Equal(12, failures);
    }

    /// <summary>Guards the content: a script can answer with an error whose first word is one of its arguments.</summary>
    [Fact]
    public async Task The_error_of_a_script_carries_no_content()
    {
        using var measurements = new Measurements("6");
        var client = Client(options => options.Database = 6);
        var script = new RedisCommand("EVAL", "return {err=ARGV[1]}", 0L, Secret);
        await Assert.ThrowsAsync<RedisServerException>(async () => await client.ExecuteAsync(script, Stop));
        using var traces = new Traces();
        await Assert.ThrowsAsync<RedisServerException>(async () => await client.ExecuteAsync(script, Stop));
        AssertNoContent(traces.Spans);
        var durations = measurements.Of("db.client.operation.duration");
        Assert.Equal(["ERR", "ERR"], durations.Select(static tags => tags["error.type"]));
    }

    /// <summary>Guards connecting: what a listener threw ended each new connection as soon as it was made.</summary>
    [Fact]
    public async Task A_listener_that_fails_does_not_keep_the_client_from_connecting()
    {
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Meter.Name: "ShopSession.Redis", Name: "db.client.connection.create_time" }) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            if (tags.ToArray().ToDictionary()["server.port"] is int port && port == Server.Port) throw new InvalidOperationException("A listener of its own.");
        });
        listener.Start();
        await Client().PingAsync(Stop);
    }

    private static readonly RedisScript Script = new("return #KEYS -- " + Secret);

    private static void AssertNoContent(IEnumerable<Activity> spans) =>
        Assert.All(spans, span => Assert.DoesNotContain(span.TagObjects, tag => tag.Value is string text && text.Contains(Secret, StringComparison.Ordinal)));

    private static async Task UseAsync(RedisClient client)
    {
        await client.SetAsync(Secret, Secret, cancellationToken: Stop);
        await Assert.ThrowsAsync<RedisServerException>(async () => await client.HashGetAsync(Secret, Secret, Stop));
        await client.ExecuteAsync(new RedisPipeline().Add("GET", (RedisKey)Secret).Add("GET", (RedisKey)Secret), Stop);
        await client.ExecuteAsync(new RedisTransaction().Add("GET", (RedisKey)Secret).Add("TTL", (RedisKey)Secret), Stop);
        await Assert.ThrowsAsync<RedisServerException>(
            async () => await client.ExecuteAsync(new RedisTransaction().Add("GET", (RedisKey)Secret).Add("NOSUCHCOMMAND", Secret), Stop));
        await using (var watch = await client.WatchAsync([Secret], Stop))
        {
            await watch.ExecuteAsync(Get(Secret), Stop);
            await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)Secret, Secret), Stop);
        }

        await using (await client.WatchAsync([Secret], Stop))
        {
        }

        await client.ExecuteReplicatedAsync(new RedisTransaction().Add("INCR", (RedisKey)$"{Secret}:n"), 1, TimeSpan.FromMilliseconds(1), Stop);
        await client.EvaluateAsync(Script, new RedisKey[] { Secret }, new RedisArgument[] { Secret }, Stop);
    }

    // What one test's own calls leave behind: spans are told by their trace.
    private sealed class Traces : IDisposable
    {
        private readonly Activity _root = new Activity("root").Start();
        private readonly ActivityListener _listener;
        private readonly List<Activity> _spans = [];

        public Traces()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "ShopSession.Redis",
                Sample = (ref ActivityCreationOptions<ActivityContext> creation) =>
                {
                    if (creation.TraceId == _root.TraceId) AtCreation = [.. creation.Tags ?? []];
                    return ActivitySamplingResult.AllDataAndRecorded;
                },
                ActivityStopped = activity =>
                {
                    lock (_spans)
                        if (activity.TraceId == _root.TraceId) _spans.Add(activity);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyList<KeyValuePair<string, object?>> AtCreation { get; private set; } = [];

        public IReadOnlyList<Activity> Spans
        {
            get
            {
                lock (_spans) return [.. _spans];
            }
        }

        public void Dispose()
        {
            _listener.Dispose();
            _root.Dispose();
        }
    }
}
