using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Stores.Replicated;
using ShopSession.Sessions.Tests.Conformance;
using ShopSession.Sessions.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.Stores.Replicated;

public sealed class ReplicationTests(KeyRingStore keyRing) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly PeerProxies _proxies = new(3);
    private readonly string _site = Guid.NewGuid().ToString("N");

    public ValueTask DisposeAsync() => _proxies.DisposeAsync();

    [Fact]
    public async Task A_joining_replica_copies_all_sessions_before_it_is_ready()
    {
        await using var first = await StartAsync(0);
        await PeerProxies.HealthyAsync(first);
        var users = await LoginsAsync(first, 200);

        await using var joined = await StartAsync(1);
        await PeerProxies.HealthyAsync(joined);

        foreach (var (browser, name) in users) Assert.Equal(name, await browser.TextAsync(joined, "/me"));
    }

    [Fact]
    public async Task A_replica_that_cannot_copy_yet_is_not_ready_and_answers_503_to_what_needs_a_session()
    {
        await using var first = await StartAsync(0);
        await PeerProxies.HealthyAsync(first);
        using var browser = new Browser();
        await browser.PostOkAsync(first, "/login/ada");
        _proxies.Proxies[0].BlackHole(toServer: false, toClient: true);

        await using var joining = await StartAsync(1, options => options.Replication.JoinTimeout = TimeSpan.FromMinutes(5));

        using (var health = await browser.GetAsync(joining, "/health")) Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        using (var write = await browser.PostAsync(joining, "/set/color/red")) Assert.Equal(HttpStatusCode.ServiceUnavailable, write.StatusCode);
        Assert.Equal("plain", await browser.TextAsync(joining, "/plain"));
        _proxies.Proxies[0].Pass();
        await PeerProxies.HealthyAsync(joining);
        Assert.Equal("ada", await browser.TextAsync(joining, "/me"));
    }

    [Fact]
    public async Task A_peer_that_was_away_learns_what_it_missed_and_never_revives_what_ended()
    {
        await using var first = await StartAsync(0);
        await using var second = await StartAsync(1);
        await PeerProxies.HealthyAsync(first);
        await PeerProxies.HealthyAsync(second);
        using var ended = new Browser();
        using var changed = new Browser();
        await ended.PostOkAsync(first, "/login/ada");
        await changed.PostOkAsync(first, "/login/bob");
        await KnownAsync(second, ended, "ada");
        await KnownAsync(second, changed, "bob");
        foreach (var proxy in _proxies.Proxies) proxy.Refuse();

        using var stolen = ended.Clone();
        await ended.PostOkAsync(first, "/logout");
        await changed.PostOkAsync(first, "/set/color/red");
        // The other side of the cut goes on using what has ended.
        await stolen.PostOkAsync(second, "/set/color/blue");
        foreach (var proxy in _proxies.Proxies) proxy.Pass();

        await KnownAsync(second, stolen, "");
        await Poll.UntilAsync(async () => await changed.TextAsync(second, "/get/color") == "red", Limit, "the missed change", TestContext.Current.CancellationToken);
        Assert.Equal("", await stolen.TextAsync(first, "/me"));
    }

    [Fact]
    public async Task A_peer_that_falls_too_far_behind_is_cut_off_and_catches_up()
    {
        await using var first = await StartAsync(0, options => options.Replication.QueueLength = 8);
        await using var second = await StartAsync(1);
        await PeerProxies.HealthyAsync(first);
        await PeerProxies.HealthyAsync(second);
        using (var probe = new Browser())
        {
            await probe.PostOkAsync(first, "/login/probe");
            await KnownAsync(second, probe, "probe");
        }

        // Bytes towards the second replica stay in its proxy; the sender's own buffers take a few changes before its queue fills.
        foreach (var proxy in _proxies.Proxies) proxy.BlackHole(toServer: false, toClient: true);
        using var browser = new Browser();
        await browser.PostOkAsync(first, "/login/ada");
        var large = new string('x', 8000);
        var hub = first.Services.GetRequiredService<PeerHub>();
        await Poll.UntilAsync(
            async () =>
            {
                for (var i = 0; i < 200 && hub.Count > 0; i++) await browser.PostOkAsync(first, $"/set/k{i}/{large}{Random.Shared.Next()}");
                return hub.Count == 0;
            },
            Limit, "the peer to be cut off", TestContext.Current.CancellationToken);
        await browser.PostOkAsync(first, "/set/last/word");
        foreach (var proxy in _proxies.Proxies) proxy.Pass();

        await Poll.UntilAsync(async () => await browser.TextAsync(second, "/get/last") == "word", Limit, "the peer to catch up", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_peer_with_another_key_gets_nothing_and_gives_nothing()
    {
        await using var ours = await StartAsync(0);
        await PeerProxies.HealthyAsync(ours);
        using var browser = new Browser();
        await browser.PostOkAsync(ours, "/login/ada");

        await using var foreign = await StartAsync(1, key: "some other key of the same length");
        await PeerProxies.HealthyAsync(foreign);
        using var stranger = new Browser();
        await stranger.PostOkAsync(foreign, "/login/eve");

        Assert.Equal("", await browser.TextAsync(foreign, "/me"));
        Assert.Equal("", await stranger.TextAsync(ours, "/me"));
        Assert.Equal(0, ours.Services.GetRequiredService<PeerHub>().Count);
    }

    [Fact]
    public async Task Ended_sessions_are_remembered_until_they_could_not_live_any_more()
    {
        await using var replica = await StartAsync(0, options =>
        {
            options.IdleTimeout = TimeSpan.FromSeconds(4);
            options.AbsoluteTimeout = TimeSpan.FromSeconds(5);
        });
        await PeerProxies.HealthyAsync(replica);
        using var browser = new Browser();
        await browser.PostOkAsync(replica, "/login/ada");
        await browser.PostOkAsync(replica, "/logout");
        var state = replica.Services.GetRequiredService<ReplicatedSessionStore>().State;
        Assert.Equal(1, state.EndedCount);

        await Poll.UntilAsync(
            () =>
            {
                state.Sweep();
                return Task.FromResult(state.EndedCount == 0);
            },
            Limit, "the tombstone to be forgotten", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Three_replicas_agree_after_a_storm_of_changes()
    {
        await using var first = await StartAsync(0);
        await using var second = await StartAsync(1);
        await using var third = await StartAsync(2);
        Replica[] replicas = [first, second, third];
        foreach (var replica in replicas) await PeerProxies.HealthyAsync(replica);
        using var browser = new Browser();
        await browser.PostOkAsync(first, "/login/ada");
        foreach (var replica in replicas) await KnownAsync(replica, browser, "ada");

        await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            using var tab = browser.Clone();
            await tab.PostOkAsync(replicas[i % 3], $"/set/shared/{i}");
            await tab.PostOkAsync(replicas[i % 3], "/count/visits");
        }));

        await Poll.UntilAsync(
            async () =>
            {
                var values = new HashSet<string>();
                var counts = new HashSet<string>();
                foreach (var replica in replicas)
                {
                    values.Add(await browser.TextAsync(replica, "/get/shared"));
                    counts.Add(await browser.PostOkAsync(replica, "/count/visits?by=0"));
                }

                return values.Count == 1 && counts.SetEquals(["60"]);
            },
            Limit, "the replicas to agree", TestContext.Current.CancellationToken);
    }

    private Task<Replica> StartAsync(int index, Action<SharedSessionOptions>? configure = null, string key = PeerProxies.Key) => _proxies.StartAsync(
        keyRing.ConnectionString,
        index,
        options =>
        {
            options.Strategy = SessionStrategies.Replicated;
            options.KeyPrefix = options.ApplicationName = _site;
            configure?.Invoke(options);
        },
        key);

    private static async Task<List<(Browser Browser, string Name)>> LoginsAsync(Replica replica, int count)
    {
        var users = new List<(Browser, string)>();
        for (var i = 0; i < count; i++)
        {
            var browser = new Browser();
            await browser.PostOkAsync(replica, $"/login/user{i}");
            users.Add((browser, $"user{i}"));
        }

        return users;
    }

    private static Task KnownAsync(Replica replica, Browser browser, string name) =>
        Poll.UntilAsync(async () => await browser.TextAsync(replica, "/look") == name, Limit, $"the replica to know the session of '{name}'", TestContext.Current.CancellationToken);
}
