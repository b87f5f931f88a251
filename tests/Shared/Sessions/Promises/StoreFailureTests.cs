using System.Net;
using ShopSession.Sessions.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.Promises;

public sealed class StoreFailureTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("killed")]
    [InlineData("stopped")]
    [InlineData("paused")]
    public async Task Without_its_store_the_site_browses_on_refuses_what_needs_a_session_and_recovers_by_itself(string how)
    {
        await using var site = await Site.StartAsync(redisOptions: new RedisServerOptions { AppendOnly = true });
        using var browser = new Browser();
        using var guest = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        await browser.PostOkAsync(site.A, "/set/color/green");

        if (how == "stopped")
        {
            await StopAsync(site.Redis);
        }
        else if (how == "killed")
        {
            // everysec: what was acknowledged must have reached the disk before the server dies.
            await Task.Delay(1200, TestContext.Current.CancellationToken);
            await site.Redis.KillAsync();
        }
        else
        {
            site.Redis.Pause();
        }

        Assert.Equal("plain", await browser.TextAsync(site.A, "/plain"));
        // What this replica wrote last it may serve from memory, until the lease of its near copy is over.
        await Poll.UntilAsync(async () => await browser.TextAsync(site.A, "/me") == "", Limit, "nothing is served without the store", TestContext.Current.CancellationToken);
        Assert.Equal("plain", await guest.TextAsync(site.A, "/plain"));
        await Is503Async(browser, site.A, HttpMethod.Get, "/members");
        await Is503Async(browser, site.A, HttpMethod.Get, "/get/color");
        // Not "there is no login": nobody was signed out.
        await Is503Async(browser, site.A, HttpMethod.Post, "/logout");
        await Is503Async(browser, site.A, HttpMethod.Post, "/session/keep");
        Assert.Equal("retry: 2000", (await browser.TextAsync(site.A, "/session/events")).Trim());
        await Is503Async(browser, site.B, HttpMethod.Post, "/set/color/red");
        await Is503Async(guest, site.B, HttpMethod.Post, "/set/color/red");
        await Is503Async(guest, site.B, HttpMethod.Post, "/login/ada");
        Assert.Null(guest.Cookie);

        if (how == "paused") site.Redis.Resume();
        else await site.Redis.RestartAsync(TestContext.Current.CancellationToken);

        await Poll.UntilAsync(async () => await browser.TextAsync(site.A, "/me") == "ada", Limit, "the login to be back", TestContext.Current.CancellationToken);
        await Poll.UntilAsync(async () => await browser.TextAsync(site.B, "/me") == "ada", Limit, "the login to be back", TestContext.Current.CancellationToken);
        Assert.Equal("green", await browser.TextAsync(site.A, "/get/color"));
    }

    [Fact]
    public async Task A_write_that_was_answered_as_done_is_there_after_the_store_was_killed()
    {
        await using var site = await Site.StartAsync(redisOptions: new RedisServerOptions { AppendOnly = true, Arguments = ["--appendfsync", "always"] });
        using var browser = new Browser();
        using var stranger = new Browser { Cookie = new string('A', 60) };
        await browser.PostOkAsync(site.A, "/login/ada");
        var (tried, done, refused, lost, letIn) = (0, 0, 0, 0, 0);
        for (var kill = 0; kill < 3; kill++)
        {
            var (killing, restarted) = (Task.CompletedTask, Task.CompletedTask);
            for (var i = 0; i < 30; i++)
            {
                // Beside the writes, not between them.
                if (i == 10) killing = site.Redis.KillAsync();
                if (i == 15)
                {
                    await killing;
                    restarted = site.Redis.RestartAsync(TestContext.Current.CancellationToken);
                }

                using var write = await browser.PostAsync(site.Replicas[i % 2], $"/set/step/{++tried}");
                if (write.IsSuccessStatusCode) done = tried;
                else if (write.StatusCode == HttpStatusCode.ServiceUnavailable) refused++;
                else Assert.Fail($"A write was answered with {write.StatusCode}.");
                if (await stranger.TextAsync(site.Replicas[i % 2], "/me") != "") letIn++;
            }

            await restarted;
            await Poll.UntilAsync(async () => await browser.TextAsync(site.B, "/me") == "ada", Limit, "the login to be back", TestContext.Current.CancellationToken);
            var found = int.Parse(await browser.TextAsync(site.B, "/get/step") is { Length: > 0 } text ? text : "0", System.Globalization.CultureInfo.InvariantCulture);
            if (found < done) lost++;
        }

        output.WriteLine($"{tried} writes over 3 kills: {refused} refused with 503, {lost} reported as done and lost; {letIn} strangers let in");
        Assert.InRange(refused, 1, tried - 3);
        Assert.Equal(0, lost);
        Assert.Equal(0, letIn);
    }

    [Fact]
    public async Task A_wiped_store_signs_everybody_out_and_serves_on()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");

        await site.Redis.SendAsync("FLUSHALL");

        Assert.Equal("", await browser.TextAsync(site.B, "/me"));
        await browser.PostOkAsync(site.B, "/login/ada");
        Assert.Equal("ada", await browser.TextAsync(site.A, "/me"));
        foreach (var replica in site.Replicas) Assert.Equal("Healthy", await browser.TextAsync(replica, "/health"));
    }

    [Fact]
    public async Task A_full_store_keeps_the_sessions_it_has_and_says_so_to_new_ones()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        using var late = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        await browser.PostOkAsync(site.A, "/set/color/green");

        await site.Redis.SendAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await site.Redis.SendAsync("CONFIG", "SET", "maxmemory", "1");

        Assert.Equal("green", await browser.TextAsync(site.B, "/get/color"));
        await Is503Async(browser, site.A, HttpMethod.Post, "/set/color/red");
        await Is503Async(late, site.A, HttpMethod.Post, "/login/bob");
        await browser.PostOkAsync(site.A, "/logout");
        Assert.Null(browser.Cookie);
    }

    [Theory]
    [InlineData("SET")]
    [InlineData("garbage")]
    public async Task A_poisoned_record_is_no_session_and_breaks_nothing(string how)
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var key = (await site.Redis.SendAsync("KEYS", "s:*")).Trim();

        if (how == "SET") await site.Redis.SendAsync("SET", key, "a string where a hash should be");
        else await site.Redis.SendAsync("HSET", key, "t", "garbage", "b", "garbage");

        Assert.Equal("", await browser.TextAsync(site.B, "/me"));
    }

    /// <summary>Ends the server in order, as an operator or a package update does.</summary>
    private static async Task StopAsync(RedisServerProcess redis)
    {
        Signals.Terminate(redis.ProcessId);
        await Poll.UntilAsync(
            async () =>
            {
                try
                {
                    await redis.SendAsync("PING");
                    return false;
                }
                catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
                {
                    return true;
                }
            },
            Limit, "the server to have ended", TestContext.Current.CancellationToken);
    }

    private static async Task Is503Async(Browser browser, Replica replica, HttpMethod method, string path)
    {
        using var response = await browser.SendAsync(replica, method, path);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }
}
