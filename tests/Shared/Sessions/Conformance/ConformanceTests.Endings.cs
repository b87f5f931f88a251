using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.Conformance;

// How sessions end, are limited and change their id.
public abstract partial class ConformanceTests
{
    private static readonly UserId Ada = new("id-ada");

    [Fact]
    public async Task An_ended_session_is_refused_everywhere_and_no_late_write_brings_it_back()
    {
        await using var site = await StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        await site.ReleaseAsync();
        using var stolen = browser.Clone();

        await HoldsAsync(site, Promises.EndedForGood,
            act: async () =>
            {
                using var late = browser.Clone();
                var gate = site.B.Gates.GetOrAdd("late", _ => new Replica.Gate());
                var save = TryPostAsync(late, site.B, "/gated-set/note/late?gate=late");
                await gate.Reached.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
                await browser.PostOkAsync(site.A, "/logout");
                gate.Opened.SetResult();
                await save;
                // A write under the ended session may have begun a new one of the attacker's own; the stolen cookie is what counts. Where the session is the cookie, the late one is it.
                if (Promises.EndedForGood == Promise.Broken) stolen.TakeOver(late);
            },
            holds: async () =>
            {
                foreach (var replica in site.Replicas)
                {
                    if (await stolen.TextAsync(replica, "/me") != "" || await stolen.TextAsync(replica, "/get/note") != "") return false;
                }

                return true;
            });
    }

    [Theory]
    [InlineData(SessionLimitPolicy.NewestWins)]
    [InlineData(SessionLimitPolicy.Refuse)]
    public async Task Of_simultaneous_logins_as_many_live_as_allowed(SessionLimitPolicy policy)
    {
        await using var site = await StartAsync(options =>
        {
            options.MaxPerUser = 2;
            options.LimitPolicy = policy;
        });
        var browsers = Enumerable.Range(0, 8).Select(_ => new Browser()).ToArray();

        await HoldsAsync(site, policy == SessionLimitPolicy.Refuse ? Promises.LimitByRefusal : Promises.Limit,
            act: () => Task.WhenAll(browsers.Select((browser, i) => TryPostAsync(browser, i % 2 == 0 ? site.A : site.B, "/login/ada"))),
            holds: async () =>
            {
                var alive = 0;
                foreach (var browser in browsers.Where(browser => browser.Cookie is not null))
                {
                    if (await browser.TextAsync(site.A, "/me") == "ada" || await browser.TextAsync(site.B, "/me") == "ada") alive++;
                }

                return alive == 2;
            });
        foreach (var browser in browsers) browser.Dispose();
    }

    [Fact]
    public async Task A_users_sessions_are_listed_and_ended_from_elsewhere()
    {
        await using var site = await StartAsync();
        using var phone = new Browser();
        using var laptop = new Browser();
        await phone.PostOkAsync(site.A, "/login/ada");
        await laptop.PostOkAsync(site.B, "/login/ada");
        await site.ReleaseAsync();
        var directory = ConformanceSite.Directory(site.A);
        if (Promises.WhyNoList is not null) Assert.Empty(await directory.ListAsync(Ada, TestContext.Current.CancellationToken));

        await HoldsAsync(site, Promises.Revocation,
            act: async () =>
            {
                foreach (var device in await directory.ListAsync(Ada, TestContext.Current.CancellationToken))
                    await directory.RevokeAsync(Ada, device.Handle, TestContext.Current.CancellationToken);
            },
            holds: async () => await NoneKnowsAsync(site, phone) && await NoneKnowsAsync(site, laptop));
    }

    [Fact]
    public async Task All_sessions_of_a_user_end_at_once()
    {
        await using var site = await StartAsync();
        using var phone = new Browser();
        using var laptop = new Browser();
        using var stranger = new Browser();
        await phone.PostOkAsync(site.A, "/login/ada");
        await laptop.PostOkAsync(site.B, "/login/ada");
        await stranger.PostOkAsync(site.A, "/login/bob");
        await site.ReleaseAsync();

        await HoldsAsync(site, Promises.Revocation,
            act: async () => await ConformanceSite.Directory(site.A).RevokeAllAsync(Ada, TestContext.Current.CancellationToken),
            holds: async () => await NoneKnowsAsync(site, phone) && await NoneKnowsAsync(site, laptop));
        Assert.Equal("bob", await stranger.TextAsync(site.A, "/me"));
    }

    [Fact]
    public async Task A_replaced_id_is_refused_and_the_new_one_goes_on()
    {
        await using var site = await StartAsync(options => options.RotationGrace = TimeSpan.Zero);
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        await site.ReleaseAsync();
        using var old = browser.Clone();

        await HoldsAsync(site, Promises.Rotation,
            act: () => browser.PostOkAsync(site.A, "/rotate"),
            holds: async () => await NoneKnowsAsync(site, old) && await browser.TextAsync(site.A, "/me") == "ada" && await browser.TextAsync(site.B, "/me") == "ada");
        Assert.Equal("ada", await browser.TextAsync(site.A, "/me"));
    }

    [Fact]
    public async Task A_session_that_is_not_used_ends_by_itself()
    {
        await using var site = await StartAsync(options => options.IdleTimeout = TimeSpan.FromSeconds(1), replicas: 1);
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");

        await Poll.UntilAsync(async () => await browser.TextAsync(site.A, "/look") == "", Limit, "the idle session to end", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_session_in_use_ends_at_its_absolute_limit()
    {
        await using var site = await StartAsync(
            options =>
            {
                options.IdleTimeout = TimeSpan.FromSeconds(2);
                options.AbsoluteTimeout = TimeSpan.FromSeconds(3);
            },
            replicas: 1);
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");

        await Poll.UntilAsync(async () => await browser.TextAsync(site.A, "/me") == "", Limit, "the absolute end", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_session_outlives_the_replica_that_made_it()
    {
        await using var site = await StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        await site.ReleaseAsync();

        await site.RestartAsync(0);

        var lives = await browser.TextAsync(site.A, "/me") == "ada" && await browser.TextAsync(site.B, "/me") == "ada";
        Assert.Equal(Promises.SurvivesReplica == Promise.Kept, lives);
    }

    private static async Task<bool> NoneKnowsAsync(ConformanceSite site, Browser browser)
    {
        foreach (var replica in site.Replicas)
        {
            using var probe = browser.Clone();
            if (await probe.TextAsync(replica, "/me") != "") return false;
        }

        return true;
    }
}
