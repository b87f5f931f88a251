using System.Net;
using ShopSession.Auth.Tests.Harness;

namespace ShopSession.Auth.Tests.Devices;

[Collection(AuthCollection.Name)]
public sealed class DeviceTests(AuthSite site)
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    [Fact]
    public async Task Devices_are_listed_with_the_current_one_marked_and_named()
    {
        using var browser = site.NewBrowser();
        using var phone = browser.Another();
        browser.UserAgent = Firefox;
        phone.UserAgent = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";
        var person = await Person.RegisterAsync(browser);
        await browser.SignInAsync(person);
        await phone.SignInAsync(person);

        var devices = (await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/devices")).EnumerateArray().ToList();
        Assert.Equal(["Firefox on Linux", "Safari on iPhone"], devices.Select(device => device.GetProperty("name").GetString()).Order());
        var current = Assert.Single(devices, device => device.GetProperty("current").GetBoolean());
        Assert.Equal(Firefox, current.GetProperty("userAgent").GetString());
        Assert.Equal("127.0.0.1", current.GetProperty("address").GetString());
        Assert.DoesNotContain(devices, device => browser.Cookies.Values.Contains(device.GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task A_revoked_device_is_signed_out_at_once_and_the_others_stay()
    {
        var (browser, person) = await site.SignedInAsync();
        using var other = browser.Another();
        await other.SignInAsync(person);
        var id = (await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/devices")).EnumerateArray().Single(device => !device.GetProperty("current").GetBoolean()).GetProperty("id").GetString();
        await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Delete, $"/api/devices/{id}");
        for (var i = 0; i < 2; i++) Assert.False(await other.IsSignedInAsync());
        Assert.True(await browser.IsSignedInAsync());
        await browser.ExpectAsync(HttpStatusCode.NotFound, HttpMethod.Delete, $"/api/devices/{id}");
        browser.Dispose();
    }

    [Fact]
    public async Task What_happened_to_a_device_is_told_as_json_and_on_the_page_also_after_its_end()
    {
        var (browser, person) = await site.SignedInAsync();
        browser.UserAgent = Firefox;
        using var phone = browser.Another();
        phone.UserAgent = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";
        await browser.SignInAsync(person);
        await phone.SignInAsync(person);
        var id = (await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/devices")).EnumerateArray().Single(device => !device.GetProperty("current").GetBoolean()).GetProperty("id").GetString();
        var before = await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, $"/api/devices/{id}/events");
        Assert.Equal("signed-in", Assert.Single(before.EnumerateArray()).GetProperty("kind").GetString());

        await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Delete, $"/api/devices/{id}");

        var events = (await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, $"/api/devices/{id}/events")).EnumerateArray().ToList();
        Assert.Equal(["revoked", "signed-in"], events.Select(happened => happened.GetProperty("kind").GetString()));
        Assert.Equal(("user", "Firefox on Linux"), (events[0].GetProperty("by").GetString(), events[0].GetProperty("device").GetString()));
        var page = await FormPage.OpenAsync(browser, "/account/devices");
        var ended = Assert.Single(page.Document.QuerySelectorAll("[data-testid='ended-device']"));
        Assert.Contains("Safari on iPhone", ended.TextContent, StringComparison.Ordinal);
        Assert.Contains("Signed out by you from Firefox on Linux", ended.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, ended.QuerySelectorAll("[data-testid='device-events'] li").Length);
        Assert.Single(page.Document.QuerySelectorAll("[data-testid='device-row'] [data-testid='device-events']"));
        browser.Dispose();
    }

    [Fact]
    public async Task Nobody_reads_what_happened_to_another_users_device()
    {
        var (victim, _) = await site.SignedInAsync();
        var (attacker, _) = await site.SignedInAsync();
        using (victim)
        using (attacker)
        {
            var id = (await victim.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/devices"))[0].GetProperty("id").GetString();
            await attacker.ExpectAsync(HttpStatusCode.NotFound, HttpMethod.Get, $"/api/devices/{id}/events");
        }
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("x")]
    [InlineData("%0d%0aX-Injected:%201")]
    [InlineData("..%2f..%2f")]
    public async Task An_id_that_is_no_device_is_not_found(string id)
    {
        var (browser, _) = await site.SignedInAsync();
        using (browser) await browser.ExpectAsync(HttpStatusCode.NotFound, HttpMethod.Delete, $"/api/devices/{id}");
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_another_user()
    {
        var (victim, _) = await site.SignedInAsync();
        var (attacker, _) = await site.SignedInAsync();
        using (victim)
        using (attacker)
        {
            var id = (await victim.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/devices"))[0].GetProperty("id").GetString();
            await attacker.ExpectAsync(HttpStatusCode.NotFound, HttpMethod.Delete, $"/api/devices/{id}");
            Assert.True(await victim.IsSignedInAsync());
        }
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_all_of_them_and_this_one()
    {
        var (browser, person) = await site.SignedInAsync();
        using var other = browser.Another();
        await other.SignInAsync(person, rememberMe: true);
        using var thief = browser.Another().WithCookiesOf(browser);
        await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/logout-everywhere");
        foreach (var one in new[] { browser, other, thief }) Assert.False(await one.IsSignedInAsync());
        Assert.False(browser.Cookies.ContainsKey(Browser.SessionCookie));
        browser.Dispose();
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36", "Chrome on Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15", "Safari on macOS")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("ShopBot/2.1 (+https://example.com)", "ShopBot")]
    [InlineData("", "Unknown device")]
    [InlineData(null, "Unknown device")]
    public void A_device_is_named_from_what_it_says_of_itself(string? userAgent, string name) => Assert.Equal(name, Auth.Devices.DeviceName.From(userAgent));
}
