using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using ShopSession.Testing;

namespace ShopSession.Redis.Tests.PubSub;

public sealed class SubscriptionTests : RedisTest
{
    protected override RedisServerOptions ServerOptions => new() { IsReal = true };

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Messages_arrive_in_order_at_every_subscriber_of_their_channel(int protocol)
    {
        var client = Client(options => options.Protocol = protocol);
        await using var first = await client.SubscribeAsync("news", Stop);
        await using var second = await client.SubscribeAsync("news", Stop);
        await using var other = await client.SubscribeAsync("other", Stop);
        for (var i = 0; i < 100; i++) Assert.Equal(1, await client.PublishAsync("news", $"{i}", Stop));
        await client.PublishAsync("other", "end", Stop);
        var expected = Enumerable.Range(0, 100).Select(i => $"{i}");
        Assert.Equal(expected, await TakeAsync(first, 100));
        Assert.Equal(expected, await TakeAsync(second, 100));
        Assert.Equal(["end"], await TakeAsync(other, 1));
    }

    [Fact]
    public async Task After_the_last_subscriber_has_gone_the_server_sends_nothing_more()
    {
        var client = Client();
        var first = await client.SubscribeAsync("news", Stop);
        var second = await client.SubscribeAsync("news", Stop);
        await first.DisposeAsync();
        Assert.Equal(1, await client.PublishAsync("news", "1", Stop));
        Assert.Equal(["1"], await TakeAsync(second, 1));
        await second.DisposeAsync();
        Assert.Equal(0, await client.PublishAsync("news", "2", Stop));
    }

    [Fact]
    public async Task A_subscription_is_renewed_after_the_connection_broke()
    {
        var (client, proxy) = ClientThroughProxy();
        await using var subscription = await client.SubscribeAsync("news", Stop);
        proxy.Reset();
        var taking = TakeAsync(subscription, 1);
        // Again and again: the server may still count the subscriber whose connection has broken, and what goes there is lost.
        await Poll.UntilAsync(
            async () =>
            {
                await Server.SendAsync("PUBLISH", "news", "again");
                return taking.IsCompleted;
            },
            Limit, "the subscription is back", Stop);
        Assert.Equal(["again"], await taking);
    }

    [Fact]
    public async Task A_channel_that_the_user_may_not_read_is_refused_and_others_go_on()
    {
        await Server.SendAsync("ACL", "SETUSER", "limited", "on", ">secret", "~*", "+@all", "resetchannels", "&news");
        var client = Client(connectionString: $"127.0.0.1:{Server.Port},user=limited,password=secret");
        await Assert.ThrowsAsync<RedisServerException>(async () => await client.SubscribeAsync("hidden", Stop));
        await using var subscription = await client.SubscribeAsync("news", Stop);
        await client.PublishAsync("news", "1", Stop);
        Assert.Equal(["1"], await TakeAsync(subscription, 1));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_pattern_brings_the_messages_of_all_channels_that_match_it(int protocol)
    {
        var client = Client(options => options.Protocol = protocol);
        await using var pattern = await client.SubscribePatternAsync("news.*", Stop);
        await using var channel = await client.SubscribeAsync("news.*", Stop);
        Assert.Equal(1, await client.PublishAsync("news.local", "1", Stop));
        Assert.Equal(2, await client.PublishAsync("news.*", "2", Stop));
        Assert.Equal(0, await client.PublishAsync("other", "3", Stop));
        Assert.Equal(["news.local=1", "news.*=2"], await TakeMessagesAsync(pattern, 2));
        Assert.Equal(["news.*=2"], await TakeMessagesAsync(channel, 1));

        await pattern.DisposeAsync();
        Assert.Equal(0, await client.PublishAsync("news.local", "4", Stop));
        Assert.Equal(1, await client.PublishAsync("news.*", "5", Stop));
    }

    [Fact]
    public async Task A_renewed_subscription_tells_that_messages_may_be_missing()
    {
        var (client, proxy) = ClientThroughProxy();
        await using var channel = await client.SubscribeAsync("news", Stop);
        await using var pattern = await client.SubscribePatternAsync("n*", Stop);
        await client.PublishAsync("news", "1", Stop);
        Assert.Equal(["news=1"], await TakeMessagesAsync(channel, 1));
        Assert.Equal(["news=1"], await TakeMessagesAsync(pattern, 1));

        proxy.Reset();
        Assert.Equal(["gap"], await TakeMessagesAsync(channel, 1));
        Assert.Equal(["gap"], await TakeMessagesAsync(pattern, 1));
        Assert.Equal(2, await client.PublishAsync("news", "2", Stop));
        Assert.Equal(["news=2"], await TakeMessagesAsync(channel, 1));
        Assert.Equal(["news=2"], await TakeMessagesAsync(pattern, 1));
    }

    /// <summary>Guards the memory of a process whose reader stands still: 10,000 messages of any size were kept.</summary>
    [Theory]
    [InlineData(10_100, 1)]
    [InlineData(100, 1024 * 1024)]
    public async Task A_slow_reader_loses_the_oldest_and_is_told(int count, int size)
    {
        var client = Client();
        await using var subscription = await client.SubscribeAsync("news", Stop);
        await using var last = await client.SubscribeAsync("last", Stop);
        using var dropped = new Dropped();
        var padding = new string('.', size);
        for (var i = 0; i < count; i++) await client.PublishAsync("news", $"{i}{padding}", Stop);
        await client.PublishAsync("last", "", Stop);
        // Both come over the same connection: the flood has arrived.
        await TakeAsync(last, 1);

        var taken = new List<string>();
        await using (var messages = subscription.ReadMessagesAsync(Stop).GetAsyncEnumerator(Stop))
        {
            do
            {
                Assert.True(await messages.MoveNextAsync());
                taken.Add(messages.Current.IsGap ? "gap" : Encoding.UTF8.GetString(messages.Current.Payload.Span).TrimEnd('.'));
            }
            while (taken[^1] != $"{count - 1}");
        }

        Assert.Equal("gap", taken[0]);
        var kept = size == 1 ? 10_000 : 63;
        Assert.Equal(Enumerable.Range(count - kept, kept).Select(i => $"{i}"), taken.Skip(1));
        Assert.True(dropped.Count >= count - kept, $"{dropped.Count} of {count - kept}");
    }

    /// <summary>Guards the message behind a gap: it was taken together with the gap, and lost when the reader stopped there to read its state anew.</summary>
    [Fact]
    public async Task Who_stops_reading_at_a_gap_goes_on_with_the_message_behind_it()
    {
        var client = Client();
        await using var subscription = await client.SubscribeAsync("news", Stop);
        await using var last = await client.SubscribeAsync("last", Stop);
        for (var i = 0; i < 10_001; i++) await client.PublishAsync("news", $"{i}", Stop);
        await client.PublishAsync("last", "", Stop);
        // Both come over the same connection: the flood has arrived.
        await TakeAsync(last, 1);
        Assert.Equal(["gap"], await TakeMessagesAsync(subscription, 1));
        Assert.Equal(["news=1", "news=2"], await TakeMessagesAsync(subscription, 2));
    }

    /// <summary>Guards a connection that is left while a subscription is on its way: the confirmation, which is no reply, did not end it, and nobody could subscribe any more.</summary>
    [Fact]
    public async Task A_connection_that_is_left_ends_also_when_a_confirmation_was_the_last_that_was_due()
    {
        var (holds, held) = (false, 0);
        await using var server = new ScriptedServer(command => command switch
        {
            ["PING"] when Volatile.Read(ref holds) => Hold(),
            ["SUBSCRIBE", "second"] when Volatile.Read(ref holds) => Refuse(),
            ["SUBSCRIBE", var name] => Confirmation(name),
            _ => null,
        });
        var client = Client(
            options =>
            {
                options.HeartbeatTimeout = TimeSpan.FromSeconds(60);
                options.ReconnectMinimum = options.ReconnectMaximum = TimeSpan.FromMilliseconds(1);
            },
            server.ConnectionString);
        await using var first = await client.SubscribeAsync("first", Stop);
        await ConnectedAsync(client);
        Volatile.Write(ref holds, true);
        await Poll.UntilAsync(() => Volatile.Read(ref held) == 2, Limit, "both connections have asked for a sign of life", Stop);
        await using var second = await client.SubscribeAsync("second", Stop);
        await using var third = await client.SubscribeAsync("third", Stop);

        string Hold()
        {
            Interlocked.Increment(ref held);
            return "";
        }

        // The answer to what was held, and to this.
        string Refuse()
        {
            Volatile.Write(ref holds, false);
            return "-LOADING Redis is loading the dataset in memory\r\n" + Confirmation("second");
        }

        static string Confirmation(string name) => $">3\r\n$9\r\nsubscribe\r\n${name.Length}\r\n{name}\r\n:1\r\n";
    }

    /// <summary>Guards many subscriptions on a long line: one was asked for after the other, and all together had no more time than one connection has.</summary>
    [Fact]
    public async Task Many_subscriptions_are_renewed_within_the_time_of_one_connection_also_on_a_long_line()
    {
        var (client, proxy) = ClientThroughProxy(options =>
        {
            options.ConnectTimeout = TimeSpan.FromSeconds(3);
            options.HeartbeatTimeout = TimeSpan.FromSeconds(30);
        });
        var subscriptions = new List<IRedisSubscription>();
        for (var i = 0; i < 300; i++) subscriptions.Add(await client.SubscribeAsync($"news:{i}", Stop));
        proxy.Delay(TimeSpan.FromMilliseconds(20));
        proxy.Reset();
        foreach (var subscription in subscriptions) Assert.Equal(["gap"], await TakeMessagesAsync(subscription, 1));
    }

    /// <summary>Guards the server and the line: a channel that nobody wanted any more was sent on and on.</summary>
    [Fact]
    public async Task A_subscription_that_was_given_up_on_its_way_is_taken_back()
    {
        var (client, proxy) = ClientThroughProxy(options => options.HeartbeatTimeout = TimeSpan.FromSeconds(30));
        await using var other = await client.SubscribeAsync("other", Stop);
        proxy.BlackHole(toServer: false);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var subscribing = client.SubscribeAsync("news", patience.Token).AsTask();
        await Poll.UntilAsync(async () => await Server.SendAsync("PUBSUB", "NUMSUB", "news") == "news\n1", Limit, "the server has it", Stop);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => subscribing);
        proxy.Pass();

        await Poll.UntilAsync(async () => await Server.SendAsync("PUBLISH", "news", "?") == "0", Limit, "the server sends nothing more", Stop);
        await client.PublishAsync("other", "1", Stop);
        Assert.Equal(["1"], await TakeAsync(other, 1));
        await using var again = await client.SubscribeAsync("news", Stop);
        await client.PublishAsync("news", "2", Stop);
        Assert.Equal(["2"], await TakeAsync(again, 1));
    }

    /// <summary>Guards the time limit of each: they wait for one another, and the last of a hundred waited ten seconds longer.</summary>
    [Fact]
    public async Task Subscribers_behind_a_silent_server_have_one_time_limit_each()
    {
        var (client, proxy) = ClientThroughProxy(options =>
        {
            options.CommandTimeout = TimeSpan.FromSeconds(1);
            options.HeartbeatTimeout = TimeSpan.FromSeconds(60);
        });
        await using var first = await client.SubscribeAsync("first", Stop);
        proxy.BlackHole(toServer: false);
        var begin = Stopwatch.GetTimestamp();
        var subscribing = Enumerable.Range(0, 100).Select(i => client.SubscribeAsync($"{i}", Stop).AsTask()).ToArray();
        foreach (var one in subscribing) await Assert.ThrowsAnyAsync<RedisException>(() => one);
        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task A_reader_who_loses_the_right_to_read_is_told_and_others_go_on()
    {
        await Server.SendAsync("ACL", "SETUSER", "limited", "on", ">secret", "~*", "+@all", "resetchannels", "&news", "&other");
        var client = Client(connectionString: $"127.0.0.1:{Server.Port},user=limited,password=secret");
        await using var news = await client.SubscribeAsync("news", Stop);
        await using var other = await client.SubscribeAsync("other", Stop);

        // Ends the connections of those who listen to more.
        await Server.SendAsync("ACL", "SETUSER", "limited", "resetchannels", "&other");

        Assert.Equal("NOPERM", (await Assert.ThrowsAsync<RedisServerException>(() => TakeAsync(news, 1))).Code);
        Assert.Equal(["gap"], await TakeMessagesAsync(other, 1));
        await Server.SendAsync("PUBLISH", "other", "1");
        Assert.Equal(["other=1"], await TakeMessagesAsync(other, 1));
    }

    private static Task<List<string>> TakeAsync(IRedisSubscription subscription, int count) =>
        TakeAsync(subscription.ReadAllAsync, static payload => Encoding.UTF8.GetString(payload.Span), count);

    private static Task<List<string>> TakeMessagesAsync(IRedisSubscription subscription, int count) =>
        TakeAsync(subscription.ReadMessagesAsync, static message => message.IsGap ? "gap" : $"{message.Channel}={Encoding.UTF8.GetString(message.Payload.Span)}", count);

    private static async Task<List<string>> TakeAsync<T>(Func<CancellationToken, IAsyncEnumerable<T>> read, Func<T, string> describe, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(Limit);
        var taken = new List<string>();
        await foreach (var item in read(limit.Token))
        {
            taken.Add(describe(item));
            if (taken.Count == count) break;
        }

        return taken;
    }

    // All tests of the process share the meter; the others drop nothing.
    private sealed class Dropped : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _count;

        public Dropped()
        {
            _listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument is { Meter.Name: "ShopSession.Redis", Name: "redis.client.subscription.dropped" }) self.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _count, value));
            _listener.Start();
        }

        public long Count => Interlocked.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }
}
