using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using ShopSession.Redis.Connections;
using ShopSession.Redis.NearCache;
using ShopSession.Testing;

namespace ShopSession.Redis.Tests.NearCache;

/// <summary>
/// A message that has arrived and had no turn yet, as in a process whose threads are all busy, must keep what it may be about
/// from being served: a user signed out elsewhere would be let in here.
/// </summary>
public sealed class UnreadTests : RedisTest
{
    [Fact]
    public async Task Nothing_is_served_while_the_reader_is_at_work_on_what_it_took()
    {
        using var reached = new SemaphoreSlim(0);
        using var goOn = new ManualResetEventSlim();
        using var listener = Listen(reached, goOn);
        try
        {
            var client = Client(options =>
            {
                options.NearCache.Prefixes.Add("s:");
                options.NearCache.Lease = TimeSpan.FromMinutes(1);
                options.HeartbeatTimeout = TimeSpan.FromMinutes(1);
                options.CommandTimeout = TimeSpan.FromMinutes(1);
            });
            await Server.SendAsync("SET", "s:a", "old");
            await Poll.UntilAsync(
                async () => await ReadAsync(client) == "old" && client.NearCache.TryGet<string>("s:a", out _), Limit, "the value is served", Stop);
            var held = client.SetAsync("other", "1", cancellationToken: Stop).AsTask();
            Assert.True(await reached.WaitAsync(Limit, Stop), "the reader was not held");
            await Server.SendAsync("SET", "s:a", "new");
            Assert.False(client.NearCache.TryGet<string>("s:a", out _), "a value that had changed was served");
            goOn.Set();
            await held;
            Assert.Equal("new", await ReadAsync(client));
        }
        finally
        {
            goOn.Set();
        }
    }

    [Fact]
    public async Task Nothing_is_served_while_bytes_wait_in_the_socket()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.LocalEndpoint, Stop);
        using var peer = await listener.AcceptSocketAsync(Stop);
        // Nobody reads here: the reader's turn has not come.
        await using var connection = new RedisConnection(Stream.Null, ConnectionSettings.Patient) { Socket = socket, IsTracking = true };
        using var meter = new Meter("unread");
        var options = new RedisNearCacheOptions { Lease = TimeSpan.FromMinutes(1) };
        options.Prefixes.Add("s:");
        var cache = new RedisNearCache(options, new Reader(connection), TimeProvider.System, meter, NullLogger.Instance);
        await cache.ReadAndKeepAsync("s:a", ["s:a"], new RedisPipeline().Add("GET", (RedisKey)"s:a"), replies => replies[0].AsString(), Stop);
        Assert.True(cache.TryGet<string>("s:a", out _));
        await peer.SendAsync(">2\r\n"u8.ToArray(), Stop);
        await Poll.UntilAsync(() => socket.Available > 0, Limit, "the message has arrived", Stop);
        Assert.False(cache.TryGet<string>("s:a", out _), "a value was served past an unread message");
    }

    /// <summary>
    /// Guards the order of looking: flag first and socket second left a moment in which the reader took the message out of the socket and handled it, after the flag and before the socket were looked at.
    /// </summary>
    [Fact]
    public async Task No_value_is_served_whose_change_had_arrived_before_it_was_asked_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(listener.LocalEndpoint!, Stop);
        using var peer = await listener.AcceptSocketAsync(Stop);
        peer.NoDelay = true;
        var arrivals = new RedisArrivals();
        await using var connection = new RedisConnection(arrivals.Over(new NetworkStream(socket)), ConnectionSettings.Patient)
        {
            Socket = socket,
            Arrivals = arrivals,
            Protocol = 3,
        };
        using var meter = new Meter("order");
        var options = new RedisNearCacheOptions { Lease = TimeSpan.FromMinutes(1) };
        options.Prefixes.Add("s:");
        var (version, arrived, stale, looks) = (0L, 0L, 0L, 0L);
        var cache = new RedisNearCache(options, new Reader(connection, () => Volatile.Read(ref version)), TimeProvider.System, meter, NullLogger.Instance);
        connection.Start();
        var preparing = cache.Tracking.PrepareAsync(connection, Stop);
        // It asks two things, one after the other: how the server makes room, and to track.
        for (var i = 0; i < 2; i++)
        {
            await Poll.UntilAsync(() => peer.Available > 0, Limit, "it asks", Stop);
            await peer.ReceiveAsync(new byte[1000], Stop);
            await peer.SendAsync("+OK\r\n"u8.ToArray(), Stop);
        }

        await preparing;
        using var enough = new CancellationTokenSource();
        var lookers = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(Look, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        var push = ">2\r\n$10\r\ninvalidate\r\n*1\r\n$3\r\ns:a\r\n"u8.ToArray();
        var started = TimeProvider.System.GetTimestamp();
        for (var round = 0; round < 500 && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(5); round++)
        {
            await cache.ReadAndKeepAsync("s:a", ["s:a"], new RedisPipeline().Add("GET", (RedisKey)"s:a"), static replies => (object)replies[0].AsInt64(), Stop);
            var next = Interlocked.Increment(ref version);
            var heard = cache.Statistics.Invalidations;
            await peer.SendAsync(push, Stop);
            // It lies in the socket, or the reader has it in hand.
            SpinWait.SpinUntil(() => socket.Available > 0 || arrivals.IsInHand || cache.Statistics.Invalidations > heard);
            Volatile.Write(ref arrived, next);
            await Poll.UntilAsync(() => cache.Statistics.Invalidations > heard, Limit, "the change is known", Stop);
        }

        await enough.CancelAsync();
        await Task.WhenAll(lookers);
        TestContext.Current.TestOutputHelper!.WriteLine($"{version} changes, {looks} looks, {stale} stale");
        Assert.Equal(0, stale);

        void Look()
        {
            while (!enough.IsCancellationRequested)
            {
                var least = Volatile.Read(ref arrived);
                if (cache.TryGet<object>("s:a", out var value) && (long)value < least) Interlocked.Increment(ref stale);
                Interlocked.Increment(ref looks);
            }
        }
    }

    private static ValueTask<string?> ReadAsync(RedisClient client) => client.NearCache.GetOrReadAsync(
        "s:a", ["s:a"], new RedisPipeline().Add("GET", (RedisKey)"s:a"), replies => replies[0].AsString(), Stop);

    // The end of a command is measured by the reader before it goes on.
    private MeterListener Listen(SemaphoreSlim reached, ManualResetEventSlim goOn)
    {
        var port = Server.Port;
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument is { Meter.Name: "ShopSession.Redis", Name: "db.client.operation.duration" }) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary();
            if (!Equals(named["server.port"], port) || !Equals(named["db.operation.name"], "SET")) return;
            reached.Release();
            goOn.Wait(Limit);
        });
        listener.Start();
        return listener;
    }

    private sealed class Reader(RedisConnection connection, Func<long>? version = null) : IRedisTrackedReader
    {
        public bool IsTracking => true;

        public ValueTask<RedisReply[]> ReadAsync(RedisPipeline pipeline, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<RedisReply[]> WriteAsync(RedisTransaction transaction, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<(RedisReply[] Replies, RedisConnection? Source)> WriteTrackedAsync(
            IReadOnlyList<RedisKey> keys, RedisTransaction transaction, NearCacheRead read, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<(RedisReply[] Replies, RedisConnection? Source)> ReadTrackedAsync(
            IReadOnlyList<RedisKey> keys, RedisPipeline pipeline, CancellationToken cancellationToken) =>
            new(([version is null ? RedisReply.FromBytes(RedisReplyType.BulkString, [.. "old"u8]) : RedisReply.FromInt64(version())], connection));
    }
}
