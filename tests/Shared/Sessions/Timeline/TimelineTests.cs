using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Timeline;

public sealed class TimelineTests
{
    private static readonly UserId Ada = new("id-ada");

    [Fact]
    public async Task A_session_is_followed_from_sign_in_over_its_changes_of_id_to_its_end()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await LoginAsync(browser, site.A, "Phone/1");
        await LoginAsync(browser, site.B, "Phone/1");
        await browser.PostOkAsync(site.B, "/rotate");
        var handle = Assert.Single(await DirectoryOf(site.A).ListAsync(Ada, TestContext.Current.CancellationToken)).Handle;
        await browser.PostOkAsync(site.A, "/logout");

        var history = Assert.Single(await HistoryAsync(site.B));

        Assert.Equal(handle, history.Handle);
        Assert.Equal(("Phone/1", "127.0.0.1"), (history.UserAgent, history.Address));
        Assert.Equal(
            [SessionEventKind.SignedOut, SessionEventKind.Rotated, SessionEventKind.SteppedUp, SessionEventKind.SignedIn], history.Events.Select(happened => happened.Kind));
        Assert.Equal(SessionEventKind.SignedOut, history.End?.Kind);
        Assert.All(history.Events, happened => Assert.InRange(happened.At, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1)));
        Assert.Equal(history.Events, await DirectoryOf(site.A).TimelineAsync(Ada, handle, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_revoked_session_tells_from_which_device_it_was_ended()
    {
        await using var site = await Site.StartAsync();
        using var phone = new Browser();
        using var laptop = new Browser();
        await LoginAsync(phone, site.A, "Phone/1");
        await LoginAsync(laptop, site.B, "Laptop/2");
        var devices = await DirectoryOf(site.A).ListAsync(Ada, TestContext.Current.CancellationToken);

        Assert.True(await DirectoryOf(site.A).RevokeAsync(Ada, devices[1].Handle, SessionActor.User(devices[0].Handle), TestContext.Current.CancellationToken));

        var ended = Assert.Single(await HistoryAsync(site.B), history => history.Handle == devices[1].Handle);
        Assert.Equal((SessionEventKind.Revoked, SessionActorKind.User, "Laptop/2"), (ended.End!.Kind, ended.End.By!.Kind, ended.End.ByUserAgent));
        Assert.Equal("Phone/1", ended.UserAgent);
        Assert.Null(Assert.Single(await HistoryAsync(site.B), history => history.Handle == devices[0].Handle).End);
    }

    [Fact]
    public async Task An_administrator_ends_any_users_sessions_and_is_named()
    {
        await using var site = await Site.StartAsync();
        using var phone = new Browser();
        using var laptop = new Browser();
        using var tablet = new Browser();
        foreach (var browser in new[] { phone, laptop, tablet }) await LoginAsync(browser, site.A, "Device/1");
        var administrator = SessionActor.Administrator("grace");
        var first = (await DirectoryOf(site.B).ListAsync(Ada, TestContext.Current.CancellationToken))[0].Handle;

        Assert.True(await DirectoryOf(site.B).RevokeAsync(Ada, first, administrator, TestContext.Current.CancellationToken));
        Assert.Equal(2, await DirectoryOf(site.B).RevokeAllAsync(Ada, administrator, TestContext.Current.CancellationToken));

        foreach (var browser in new[] { phone, laptop, tablet }) Assert.Equal("", await browser.TextAsync(site.A, "/me"));
        var histories = await HistoryAsync(site.A);
        Assert.Equal(3, histories.Count);
        Assert.All(histories, history => Assert.Equal((SessionActorKind.Administrator, "grace"), (history.End!.By!.Kind, history.End.By.Name)));
    }

    [Fact]
    public async Task A_change_of_the_password_and_the_limit_are_named_as_the_cause()
    {
        await using var site = await Site.StartAsync(options => options.MaxPerUser = 2);
        using var first = new Browser();
        using var second = new Browser();
        using var third = new Browser();
        await LoginAsync(first, site.A, "First/1");
        await LoginAsync(second, site.B, "Second/2");
        await LoginAsync(third, site.A, "Third/3");

        await third.PostOkAsync(site.B, "/end-others");

        var ends = (await HistoryAsync(site.A)).ToDictionary(history => history.UserAgent, history => history.End);
        Assert.Equal((SessionActorKind.Limit, "Third/3"), (ends["First/1"]!.By!.Kind, ends["First/1"]!.ByUserAgent));
        Assert.Equal((SessionActorKind.PasswordChange, "Third/3"), (ends["Second/2"]!.By!.Kind, ends["Second/2"]!.ByUserAgent));
        Assert.Null(ends["Third/3"]);
    }

    [Fact]
    public async Task An_expired_session_is_found_at_the_next_sign_in_or_list_and_told_once()
    {
        await using var site = await Site.StartAsync();
        using var gone = new Browser();
        using var here = new Browser();
        await LoginAsync(gone, site.A, "Gone/1");
        await site.Redis.SendAsync("DEL", (await site.Redis.SendAsync("KEYS", "s:*")).Trim());

        await LoginAsync(here, site.B, "Here/2");
        await DirectoryOf(site.A).ListAsync(Ada, TestContext.Current.CancellationToken);

        var history = Assert.Single(await HistoryAsync(site.A), history => history.UserAgent == "Gone/1");
        Assert.Equal([SessionEventKind.Expired, SessionEventKind.SignedIn], history.Events.Select(happened => happened.Kind));
    }

    [Fact]
    public async Task What_did_not_happen_is_not_told()
    {
        await using var site = await Site.StartAsync(options =>
        {
            options.MaxPerUser = 1;
            options.LimitPolicy = SessionLimitPolicy.Refuse;
        });
        using var first = new Browser();
        using var refused = new Browser();
        await LoginAsync(first, site.A, "First/1");
        using (var response = await refused.PostAsync(site.A, "/login/ada")) Assert.Equal(System.Net.HttpStatusCode.Conflict, response.StatusCode);
        var unknown = new SessionHandle("AAAAAAAAAAAAAAAAAAAAAA");
        Assert.False(await DirectoryOf(site.A).RevokeAsync(Ada, unknown, TestContext.Current.CancellationToken));

        var history = Assert.Single(await HistoryAsync(site.A));

        Assert.Equal(SessionEventKind.SignedIn, Assert.Single(history.Events).Kind);
    }

    [Fact]
    public async Task The_timeline_is_bounded_and_holds_nothing_in_clear()
    {
        await using var site = await Site.StartAsync(replicas: 1);
        using var browser = new Browser();
        await LoginAsync(browser, site.A, "SecretBrowser/1");
        for (var i = 0; i < SessionHistory.MaxEventsPerUser + 10; i++) await browser.PostOkAsync(site.A, "/rotate");

        var key = (await site.Redis.SendAsync("KEYS", "e:*")).Trim();
        Assert.Equal("100", await site.Redis.SendAsync("LLEN", key));
        Assert.NotEqual("-1", await site.Redis.SendAsync("PTTL", key));
        Assert.Equal(SessionHistory.MaxEvents, Assert.Single(await HistoryAsync(site.A)).Events.Count);
        await LoginAsync(browser, site.A, "SecretBrowser/1");
        var raw = await site.Redis.SendAsync("LRANGE", key, "0", "0");
        Assert.DoesNotContain("SecretBrowser", raw, StringComparison.Ordinal);
        Assert.Equal("SecretBrowser/1", Assert.Single(await HistoryAsync(site.A)).UserAgent);
    }

    private static ISessionDirectory DirectoryOf(Replica replica) => replica.Services.GetRequiredService<ISessionDirectory>();

    private static ValueTask<IReadOnlyList<SessionHistory>> HistoryAsync(Replica replica) => DirectoryOf(replica).HistoryAsync(Ada, TestContext.Current.CancellationToken);

    private static async Task LoginAsync(Browser browser, Replica replica, string agent)
    {
        using var response = await browser.SendAsync(replica, HttpMethod.Post, "/login/ada", request => request.Headers.Add("User-Agent", agent));
        Assert.True(response.IsSuccessStatusCode);
    }
}
