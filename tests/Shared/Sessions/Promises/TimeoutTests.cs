using ShopSession.Sessions.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.Promises;

public sealed class TimeoutTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_session_that_is_not_used_ends()
    {
        await using var site = await Site.StartAsync(options => options.IdleTimeout = TimeSpan.FromSeconds(1));
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");

        // Looking does not slide, so this waits out the idle time.
        await Poll.UntilAsync(async () => await browser.TextAsync(site.B, "/look") == "", Limit, "the idle session to end", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_session_in_use_outlives_its_idle_time_and_ends_at_the_absolute_limit()
    {
        await using var site = await Site.StartAsync(options =>
        {
            // A machine that stands still for as long as the idle time ends the session before its absolute limit.
            options.IdleTimeout = TimeSpan.FromSeconds(4);
            options.AbsoluteTimeout = TimeSpan.FromSeconds(9);
        });
        using var browser = new Browser();
        var started = DateTimeOffset.UtcNow;
        await browser.PostOkAsync(site.A, "/login/ada");

        await Poll.UntilAsync(async () => await browser.TextAsync(site.B, "/me") == "", Limit, "the absolute end", TestContext.Current.CancellationToken);

        var lived = DateTimeOffset.UtcNow - started;
        Assert.InRange(lived, TimeSpan.FromSeconds(8), Limit);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task A_replica_whose_clock_is_wrong_judges_as_the_others_do(int seconds)
    {
        await using var site = await Site.StartAsync(
            options =>
            {
                options.IdleTimeout = TimeSpan.FromMinutes(10);
                options.AbsoluteTimeout = TimeSpan.FromMinutes(20);
            },
            replicas: 1);
        await using var skewed = await Replica.StartAsync(
            site.Redis.ConnectionString,
            options =>
            {
                options.IdleTimeout = TimeSpan.FromMinutes(10);
                options.AbsoluteTimeout = TimeSpan.FromMinutes(20);
            },
            new SkewedTime(TimeSpan.FromSeconds(seconds)));
        using var here = new Browser();
        using var there = new Browser();

        await here.PostOkAsync(site.A, "/login/ada");
        await there.PostOkAsync(skewed, "/login/bob");

        Assert.Equal("ada", await here.TextAsync(skewed, "/me"));
        Assert.Equal("bob", await there.TextAsync(site.A, "/me"));
        Assert.Equal("bob", await there.TextAsync(skewed, "/me"));
    }

    [Fact]
    public async Task Last_use_is_written_once_per_interval_however_often_the_session_is_read()
    {
        await using var site = await Site.StartAsync(options => options.SlidingInterval = TimeSpan.FromMinutes(1));
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var before = await site.CallsAsync("hset");

        const int Reads = 100;
        for (var i = 0; i < Reads; i++) await browser.TextAsync(site.Replicas[i % 2], "/me");

        var writes = await site.CallsAsync("hset") - before;
        output.WriteLine($"{Reads} reads within the interval, {writes} writes of last use");
        Assert.Equal(0, writes);
    }

    [Fact]
    public async Task Last_use_is_written_when_the_interval_is_over()
    {
        await using var site = await Site.StartAsync(options => options.SlidingInterval = TimeSpan.Zero);
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var before = await site.CallsAsync("hset");

        await browser.TextAsync(site.B, "/me");
        await browser.TextAsync(site.B, "/look");

        Assert.Equal(before + 1, await site.CallsAsync("hset"));
    }

    // Without the near cache each request reads a record of its own; so it is too while a near copy is in doubt.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_interval_is_over_one_of_many_simultaneous_requests_writes_last_use(bool nearCache)
    {
        await using var site = await Site.StartAsync(options =>
        {
            options.SlidingInterval = TimeSpan.FromSeconds(2);
            options.NearCache = nearCache;
        });
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        foreach (var replica in site.Replicas) await browser.TextAsync(replica, "/look");
        var started = DateTimeOffset.UtcNow;
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        var before = await site.CallsAsync("hset");

        const int Requests = 200;
        await Task.WhenAll(Enumerable.Range(0, Requests).Select(i => browser.TextAsync(site.Replicas[i % 2], "/slow-me?hold=300")));

        var writes = await site.CallsAsync("hset") - before;
        // Each replica may find for itself that the interval is over, and once more for every further second that a starved machine needs.
        var due = site.Replicas.Length * (int)Math.Ceiling((DateTimeOffset.UtcNow - started).TotalSeconds);
        output.WriteLine($"{Requests} requests at once after the interval, {writes} writes of last use, at most {due} due");
        Assert.InRange(writes, 1, due);
    }

    private sealed class SkewedTime(TimeSpan skew) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + skew;
    }
}
