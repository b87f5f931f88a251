using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.Promises;

public sealed class GuestTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_guest_is_known_again_after_weeks_and_after_the_browser_was_closed()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();

        await browser.PostOkAsync(site.A, "/set/cart/full");

        Assert.Contains($"max-age={(int)TimeSpan.FromDays(90).TotalSeconds}", browser.LastSetCookie, StringComparison.OrdinalIgnoreCase);
        var life = TimeSpan.FromMilliseconds(long.Parse(await site.Redis.SendAsync("PTTL", (await site.Redis.SendAsync("KEYS", "s:*")).Trim()), CultureInfo.InvariantCulture));
        Assert.InRange(life, TimeSpan.FromDays(29), TimeSpan.FromDays(30));
    }

    [Fact]
    public async Task Where_many_share_a_browser_a_guest_is_forgotten_when_it_closes()
    {
        await using var site = await Site.StartAsync(options => options.RememberGuests = false);
        using var browser = new Browser();

        await browser.PostOkAsync(site.A, "/set/cart/full");

        Assert.DoesNotContain("max-age", browser.LastSetCookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_guests_session_ends_at_its_absolute_limit_however_much_it_is_used()
    {
        await using var site = await Site.StartAsync(options => options.AnonymousAbsoluteTimeout = TimeSpan.FromSeconds(5));
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/set/cart/full");
        Assert.Equal("full", await browser.TextAsync(site.B, "/get/cart"));

        await Poll.UntilAsync(async () => await browser.TextAsync(site.B, "/get/cart") == "", Limit, "the guest's session to end", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Signing_in_puts_the_session_under_the_limits_of_a_login()
    {
        await using var site = await Site.StartAsync(options => options.RotationGrace = TimeSpan.Zero);
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/set/cart/full");

        await browser.PostOkAsync(site.A, "/login/ada");

        Assert.Equal("full", await browser.TextAsync(site.B, "/get/cart"));
        Assert.DoesNotContain("max-age", browser.LastSetCookie, StringComparison.OrdinalIgnoreCase);
        await Poll.UntilAsync(
            async () => (await site.Redis.SendAsync("KEYS", "s:*")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == 1,
            Limit + TimeSpan.FromSeconds(10), "the replaced record to go", TestContext.Current.CancellationToken);
        var life = TimeSpan.FromMilliseconds(long.Parse(await site.Redis.SendAsync("PTTL", (await site.Redis.SendAsync("KEYS", "s:*")).Trim()), CultureInfo.InvariantCulture));
        Assert.InRange(life, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30));
    }

    /// <summary>Guards two sign-ins of one guest: the one that was refused took the mark of the other off the guest's record, which was a session again, and writes to it were lost.</summary>
    [Fact]
    public async Task A_refused_sign_in_does_not_bring_back_a_guest_whom_another_one_has_taken_over()
    {
        await using var site = await Site.StartAsync(static options => options.RotationGrace = TimeSpan.FromMinutes(1), replicas: 1);
        await using var strict = await Replica.StartAsync(
            site.Redis.ConnectionString,
            static options =>
            {
                options.MaxPerUser = 1;
                options.LimitPolicy = SessionLimitPolicy.Refuse;
            },
            build: static builder => InterceptedRedis.Use(builder.Services));
        using var elsewhere = new Browser();
        await elsewhere.PostOkAsync(site.A, "/login/bob");
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/set/cart/full");
        using var late = browser.Clone();
        using var other = browser.Clone();
        var redis = strict.Services.GetRequiredService<InterceptedRedis>();
        redis.Before = async _ =>
        {
            redis.Before = static _ => Task.CompletedTask;
            await browser.PostOkAsync(site.A, "/login/ada");
        };

        using var refused = await other.PostAsync(strict, "/login/bob");
        using var write = await late.PostAsync(site.A, "/set/cart/more");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, write.StatusCode);
        Assert.Equal("full", await browser.TextAsync(site.A, "/get/cart"));
    }

    [Fact]
    public async Task Signing_out_leaves_nothing_to_the_next_one_at_the_machine()
    {
        await using var site = await Site.StartAsync(options => options.RotationGrace = TimeSpan.Zero);
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/set/before/mine");
        using var before = browser.Clone();
        await browser.PostOkAsync(site.A, "/login/ada");
        await browser.PostOkAsync(site.A, "/set/during/mine");

        await browser.PostOkAsync(site.B, "/logout");

        Assert.Null(browser.Cookie);
        Assert.Equal("", await before.TextAsync(site.A, "/get/before"));
        await browser.PostOkAsync(site.A, "/set/next/theirs");
        Assert.Equal("", await browser.TextAsync(site.B, "/get/before"));
        Assert.Equal("", await browser.TextAsync(site.B, "/get/during"));
    }

    [Fact]
    public async Task A_login_that_expired_leaves_nothing_to_the_next_one_at_the_machine()
    {
        await using var site = await Site.StartAsync(options => options.IdleTimeout = TimeSpan.FromSeconds(4));
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/set/before/mine");
        await browser.PostOkAsync(site.A, "/login/ada");
        await browser.PostOkAsync(site.A, "/set/during/mine");
        await Poll.UntilAsync(async () => await browser.TextAsync(site.B, "/look") == "", Limit, "the login to end", TestContext.Current.CancellationToken);

        await browser.PostOkAsync(site.A, "/set/next/theirs");

        Assert.Equal("theirs", await browser.TextAsync(site.B, "/get/next"));
        Assert.Equal("", await browser.TextAsync(site.B, "/get/before"));
        Assert.Equal("", await browser.TextAsync(site.B, "/get/during"));
    }
}
