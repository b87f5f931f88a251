using System.Net;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.Conformance;

/// <summary>
/// What every strategy is held to. A promise that a strategy declares kept must hold at once, one declared for later must not hold before the news has travelled and hold then, and one
/// declared broken must be seen broken: a declaration that is too modest fails as well.
/// </summary>
public abstract partial class ConformanceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    protected abstract string Strategy { get; }

    private SessionPromises Promises => SessionStrategies.All[Strategy];

    [Fact]
    public async Task The_strategy_tells_its_name()
    {
        await using var site = await StartAsync(replicas: 1);
        using var browser = new Browser();

        Assert.Equal(Strategy, await browser.TextAsync(site.A, "/strategy"));
    }

    [Fact]
    public async Task The_frameworks_own_doors_work_unchanged()
    {
        await using var site = await StartAsync(replicas: 1);
        using var browser = new Browser();

        using (var closed = await browser.GetAsync(site.A, "/api/members")) Assert.Equal(HttpStatusCode.Unauthorized, closed.StatusCode);
        if (Promises.CarriesData == Promise.Kept) await browser.PostOkAsync(site.A, "/set/color/red");
        await browser.PostOkAsync(site.A, "/login/ada");

        Assert.Equal("ada", await browser.TextAsync(site.A, "/me"));
        Assert.Equal("ada", await browser.TextAsync(site.A, "/api/members"));
        if (Promises.CarriesData == Promise.Kept)
        {
            Assert.Equal("red", await browser.TextAsync(site.A, "/get/color"));
            await browser.PostOkAsync(site.A, "/remove/color");
            Assert.Equal("", await browser.TextAsync(site.A, "/get/color"));
            Assert.Equal("1", await browser.PostOkAsync(site.A, "/count/visits"));
            Assert.Equal("2", await browser.PostOkAsync(site.A, "/count/visits"));
        }

        await browser.PostOkAsync(site.A, "/logout");
        Assert.Equal("", await browser.TextAsync(site.A, "/me"));
        Assert.Equal("", await browser.TextAsync(site.A, "/get/color"));
    }

    [Fact]
    public async Task A_login_is_known_to_every_replica()
    {
        await using var site = await StartAsync();
        using var browser = new Browser();

        await HoldsAsync(site, Promises.OneLogin,
            act: () => browser.PostOkAsync(site.A, "/login/ada"),
            holds: async () => await browser.TextAsync(site.B, "/me") == "ada");
    }

    [Fact]
    public async Task What_was_stored_is_read_by_the_next_request_wherever_it_goes()
    {
        await using var site = await StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        await site.ReleaseAsync();

        await HoldsAsync(site, Promises.ReadYourWrites,
            act: () => TryPostAsync(browser, site.A, "/set/color/red"),
            holds: async () => await browser.TextAsync(site.B, "/get/color") == "red");
    }

    [Fact]
    public async Task Overlapping_requests_lose_neither_change()
    {
        await using var site = await StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        await site.ReleaseAsync();

        await HoldsAsync(site, Promises.NoLostUpdate,
            act: async () =>
            {
                using var other = browser.Clone();
                var gates = new[] { site.A, site.B }.Select(replica => replica.Gates.GetOrAdd("both", _ => new Replica.Gate())).ToArray();
                var first = TryPostAsync(browser, site.A, "/gated-set/one/1?gate=both");
                var second = TryPostAsync(other, site.B, "/gated-set/two/2?gate=both");
                foreach (var gate in gates) await gate.Reached.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
                foreach (var gate in gates) gate.Opened.SetResult();
                await Task.WhenAll(first, second);
                // One browser made both requests: the later answer's cookies replace the earlier one's.
                browser.TakeOver(other);
            },
            holds: async () => await browser.TextAsync(site.A, "/get/one") == "1" && await browser.TextAsync(site.B, "/get/two") == "2"
                && await browser.TextAsync(site.A, "/get/two") == "2");
    }

    [Fact]
    public async Task A_counter_loses_no_step()
    {
        await using var site = await StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        await site.ReleaseAsync();
        var tabs = Enumerable.Range(0, 12).Select(_ => browser.Clone()).ToArray();

        await HoldsAsync(site, Promises.NoLostUpdate,
            act: () => Task.WhenAll(tabs.Select((tab, i) => TryPostAsync(tab, i % 2 == 0 ? site.A : site.B, "/count/visits"))),
            holds: async () => await browser.TextAsync(site.B, "/me") == "ada" && (await TryPostAsync(browser, site.B, "/count/visits?by=0")) == "12");
        foreach (var tab in tabs) tab.Dispose();
    }

    [Fact]
    public async Task A_cookie_that_was_tampered_with_is_no_session()
    {
        await using var site = await StartAsync(replicas: 1);
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var genuine = browser.Cookie!;

        foreach (var position in new[] { 0, 5, genuine.Length / 2, genuine.Length - 2 })
        {
            browser.Cookie = genuine[..position] + (genuine[position] == 'A' ? 'B' : 'A') + genuine[(position + 1)..];
            Assert.Equal("", await browser.TextAsync(site.A, "/me"));
        }

        browser.Cookie = genuine[..^8];
        Assert.Equal("", await browser.TextAsync(site.A, "/me"));
        browser.Cookie = genuine;
        Assert.Equal("ada", await browser.TextAsync(site.A, "/me"));
    }

    /// <summary>Starts replicas of a site under the strategy.</summary>
    private protected abstract Task<ConformanceSite> StartAsync(Action<SharedSessionOptions>? configure = null, int replicas = 2);

    /// <summary>Settings of every site of the suite: alone on the shared store, and allowed to break what the strategy cannot keep.</summary>
    protected Action<SharedSessionOptions> Settings(Action<SharedSessionOptions>? configure)
    {
        var site = Guid.NewGuid().ToString("N")[..12] + ":";
        return options =>
        {
            options.Strategy = Strategy;
            options.KeyPrefix = site;
            options.ApplicationName = site;
            options.Lab = true;
            configure?.Invoke(options);
        };
    }

    private static async Task HoldsAsync(ConformanceSite site, Promise promise, Func<Task> act, Func<Task<bool>> holds)
    {
        if (promise == Promise.Kept)
        {
            await act();
            Assert.True(await holds(), "The strategy declares this promise kept, but it does not hold.");
            return;
        }

        site.Hold();
        await act();
        Assert.False(await holds(), "The strategy declares that this does not hold at once, but it does: change its declaration in SessionStrategies.");
        await site.ReleaseAsync();
        if (promise == Promise.Eventually) await Poll.UntilAsync(holds, Limit, "what the strategy promises eventually", TestContext.Current.CancellationToken);
        else Assert.False(await holds(), "The strategy declares this promise broken, but it holds in the end: change its declaration in SessionStrategies.");
    }

    /// <summary>Whatever the answer is; its text when it was a success.</summary>
    private static async Task<string?> TryPostAsync(Browser browser, Replica replica, string path)
    {
        using var response = await browser.PostAsync(replica, path);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) : null;
    }
}
