using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Stores;

public sealed class SessionDirectoryTests
{
    private static readonly UserId Ada = new("id-ada");

    [Fact]
    public async Task The_devices_of_a_user_are_listed_newest_first_with_what_they_are()
    {
        await using var site = await Site.StartAsync();
        using var phone = new Browser();
        using var laptop = new Browser();
        using var stranger = new Browser();
        await LoginAsync(phone, site.A, "Phone/1");
        await LoginAsync(laptop, site.B, "Laptop/2");
        await stranger.PostOkAsync(site.A, "/login/bob");

        var devices = await Directory(site.B).ListAsync(Ada, TestContext.Current.CancellationToken);

        Assert.Equal(["Laptop/2", "Phone/1"], devices.Select(device => device.UserAgent));
        Assert.All(devices, device => Assert.Equal("127.0.0.1", device.Address));
        Assert.All(devices, device => Assert.True(device.ExpiresAt > device.CreatedAt));
    }

    [Fact]
    public async Task One_device_is_ended_on_every_replica_and_the_others_stay()
    {
        await using var site = await Site.StartAsync();
        using var phone = new Browser();
        using var laptop = new Browser();
        await LoginAsync(phone, site.A, "Phone/1");
        await LoginAsync(laptop, site.B, "Laptop/2");
        var devices = await Directory(site.A).ListAsync(Ada, TestContext.Current.CancellationToken);

        Assert.True(await Directory(site.A).RevokeAsync(Ada, devices[1].Handle, TestContext.Current.CancellationToken));

        foreach (var replica in site.Replicas)
        {
            Assert.Equal("", await phone.TextAsync(replica, "/me"));
            Assert.Equal("ada", await laptop.TextAsync(replica, "/me"));
        }

        Assert.False(await Directory(site.A).RevokeAsync(Ada, devices[1].Handle, TestContext.Current.CancellationToken));
        Assert.False(await Directory(site.A).RevokeAsync(new UserId("id-bob"), devices[0].Handle, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_listed_handle_is_no_key_to_the_session()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var handle = (await Directory(site.A).ListAsync(Ada, TestContext.Current.CancellationToken))[0].Handle;

        browser.Cookie = handle.Value;

        Assert.Equal("", await browser.TextAsync(site.A, "/me"));
    }

    [Fact]
    public async Task Ending_all_ends_all_and_leaves_nothing_in_the_store()
    {
        await using var site = await Site.StartAsync();
        var browsers = Enumerable.Range(0, 5).Select(_ => new Browser()).ToArray();
        foreach (var browser in browsers) await browser.PostOkAsync(site.A, "/login/ada");

        Assert.Equal(5, await Directory(site.B).RevokeAllAsync(Ada, TestContext.Current.CancellationToken));

        foreach (var browser in browsers) Assert.Equal("", await browser.TextAsync(site.A, "/me"));
        Assert.Equal("", await site.Redis.SendAsync("KEYS", "s:*"));
        foreach (var browser in browsers) browser.Dispose();
    }

    [Fact]
    public async Task A_sign_in_overtaken_by_the_end_of_all_sessions_fails()
    {
        await using var site = await Site.StartAsync();
        var store = site.A.Services.GetRequiredService<ShopSession.Sessions.Stores.ISessionStore>();
        var before = await Directory(site.A).GetGenerationAsync(Ada, TestContext.Current.CancellationToken);
        await Directory(site.B).RevokeAllAsync(Ada, TestContext.Current.CancellationToken);

        var ticket = new Microsoft.AspNetCore.Authentication.AuthenticationTicket(Replica.Principal("ada"), "Cookies");
        await Assert.ThrowsAsync<SessionEndedException>(() => store.SignInAsync(
            new ShopSession.Sessions.Stores.SignInRequest(Ada, ticket, null, "", "", before), TestContext.Current.CancellationToken).AsTask());

        Assert.Empty(await Directory(site.A).ListAsync(Ada, TestContext.Current.CancellationToken));
        Assert.Equal("", await site.Redis.SendAsync("KEYS", "s:*"));
    }

    private static ISessionDirectory Directory(Replica replica) => replica.Services.GetRequiredService<ISessionDirectory>();

    private static async Task LoginAsync(Browser browser, Replica replica, string agent)
    {
        using var response = await browser.SendAsync(replica, HttpMethod.Post, "/login/ada", request => request.Headers.Add("User-Agent", agent));
        Assert.True(response.IsSuccessStatusCode);
    }
}
