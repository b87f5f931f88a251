using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Promises;

public sealed class CostTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_read_is_one_round_trip_or_none_and_a_write_is_one()
    {
        await using var site = await Site.StartAsync();
        var (first, near, writes, wrong) = (0L, 0L, 0L, 0);
        const int Trials = 30;
        for (var i = 0; i < Trials; i++)
        {
            using var browser = new Browser();
            await browser.PostOkAsync(site.A, $"/login/user{i}");
            first += await CostOfAsync("hgetall", () => browser.TextAsync(site.B, "/me"));
            near += await CostOfAsync("hgetall", () => browser.TextAsync(site.B, "/me"));
            writes += await CostOfAsync("exec", () => browser.PostOkAsync(site.B, "/set/color/green"));
        }

        output.WriteLine($"{Trials} sessions: {first} reads of the store at the first request, {near} at the next, {writes} writes for one each; {wrong} times more than one");
        Assert.Equal(0, wrong);
        Assert.Equal(Trials, first);
        Assert.Equal(Trials, writes);
        // A copy is not served while the store has not been heard of for a while, which a starved machine brings about.
        Assert.InRange(near, 0, Trials / 2);

        async Task<long> CostOfAsync(string command, Func<Task> request)
        {
            var before = await site.CallsAsync(command);
            await request();
            var cost = await site.CallsAsync(command) - before;
            if (cost > 1) wrong++;
            return cost;
        }
    }

    [Fact]
    public async Task A_visitor_who_stores_nothing_has_no_cookie_and_costs_the_store_nothing()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        var before = await CallsAsync(site);

        using var response = await browser.GetAsync(site.A, "/plain");
        await browser.TextAsync(site.A, "/get/color");
        await browser.PostOkAsync(site.A, "/remove/color");

        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal(before, await CallsAsync(site));
    }

    [Fact]
    public async Task An_endpoint_without_session_costs_the_store_nothing_even_with_the_cookie()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var before = await CallsAsync(site);

        Assert.Equal("out", await browser.TextAsync(site.A, "/without"));

        Assert.Equal(before, await CallsAsync(site));
    }

    [Fact]
    public async Task Writing_the_value_that_is_there_already_is_no_write()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/set/color/green");
        var before = await site.CallsAsync("hset");

        await browser.PostOkAsync(site.B, "/set/color/green");

        Assert.Equal(before, await site.CallsAsync("hset"));
    }

    [Fact]
    public async Task Tokens_and_records_hold_nothing_in_clear()
    {
        // With a log of all writes, which holds what a snapshot of the end would not.
        await using var site = await Site.StartAsync(redisOptions: new() { AppendOnly = true });
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/set/favouritecolor/verygreen");
        await browser.SendAsync(site.A, HttpMethod.Post, "/login/adalovelace", request => request.Headers.Add("User-Agent", "SecretBrowser/1.0"));
        await browser.PostOkAsync(site.A, "/count/visits");

        var text = await site.Redis.SendAsync("KEYS", "*");
        Assert.NotEmpty(text);
        var logged = 0L;
        // The embedded store's lock is held, and empty.
        foreach (var file in Directory.GetFiles(site.Redis.Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            text += System.Text.Encoding.Latin1.GetString(bytes);
            logged += bytes.Length;
        }

        Assert.True(logged > 500, $"the store has written {logged} bytes: nothing was looked at");
        foreach (var secret in new[] { browser.Cookie!, "adalovelace", "mail.example", "favouritecolor", "verygreen", "visits", "SecretBrowser", "127.0.0.1" })
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<long> CallsAsync(Site site)
    {
        var total = 0L;
        foreach (var command in new[] { "hgetall", "zscore", "hset", "hdel", "multi", "get", "set", "pexpire" }) total += await site.CallsAsync(command);
        return total;
    }
}
