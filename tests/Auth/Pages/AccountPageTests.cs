using System.Net;
using ShopSession.Auth.Tests.Harness;

namespace ShopSession.Auth.Tests.Pages;

[Collection(AuthCollection.Name)]
public sealed class AccountPageTests(AuthSite site)
{
    [Theory]
    [InlineData("/account")]
    [InlineData("/account/devices")]
    public async Task Without_a_sign_in_the_page_leads_there_and_back(string path)
    {
        using var browser = site.NewBrowser();
        using var answer = await browser.SendAsync(HttpMethod.Get, path, change: request => request.Headers.Add("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal($"http://auth.shop.localhost:8080/login?returnUrl={Uri.EscapeDataString("http://auth.shop.localhost:8080" + path)}", answer.Headers.Location?.AbsoluteUri);
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/register")]
    [InlineData("/logout")]
    [InlineData("/account")]
    [InlineData("/account/devices")]
    [InlineData("/account/email")]
    [InlineData("/account/addresses")]
    [InlineData("/account/addresses/new")]
    [InlineData("/account/passkeys")]
    [InlineData("/account/data")]
    [InlineData("/account/two-factor")]
    [InlineData("/forgot-password")]
    [InlineData("/dev/mailbox")]
    public async Task No_page_is_kept_by_any_cache(string path)
    {
        var (browser, _) = await site.SignedInAsync();
        using (browser)
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True(answer.Headers.CacheControl?.NoStore);
        }
    }

    [Fact]
    public async Task A_new_name_is_shown_at_once_on_every_replica()
    {
        var (browser, _) = await site.SignedInAsync(rememberMe: true);
        using (browser)
        {
            var page = await FormPage.OpenAsync(browser, "/account");
            var next = await page.SendAsync("[data-testid='save-name']", ("Name.DisplayName", "Søren & Åsa"));
            Assert.Equal(HttpStatusCode.SeeOther, next.Status);
            // Still remembered.
            Assert.Contains(next.Answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith(Browser.SessionCookie, StringComparison.Ordinal) && value.Contains("max-age=", StringComparison.OrdinalIgnoreCase));
            for (var i = 0; i < 2; i++)
            {
                page = await FormPage.OpenAsync(browser, "/account");
                Assert.Equal("Søren & Åsa", page.Document.QuerySelector("[data-testid='user-name']")?.TextContent);
                Assert.Equal("Søren & Åsa", page.ValueOf("Name.DisplayName"));
            }
        }
    }

    [Fact]
    public async Task A_name_that_is_none_is_refused_at_its_field()
    {
        var (browser, person) = await site.SignedInAsync();
        using (browser)
        {
            var page = await FormPage.OpenAsync(browser, "/account");
            var again = await page.SendAsync("[data-testid='save-name']", ("Name.DisplayName", "line\u2028break"));
            Assert.NotNull(again.ErrorAt("Name.DisplayName"));
            Assert.Equal(person.DisplayName, again.Document.QuerySelector("[data-testid='user-name']")?.TextContent);
        }
    }

    [Fact]
    public async Task The_password_is_changed_by_its_form_and_other_devices_are_out()
    {
        var (browser, person) = await site.SignedInAsync();
        using var other = browser.Another();
        await other.SignInAsync(person);
        var page = await FormPage.OpenAsync(browser, "/account");
        var wrong = await page.SendAsync("[data-testid='change-password']", ("Password.Current", "not this one"), ("Password.New", "another harbour by night"));
        Assert.NotNull(wrong.ErrorAt("Password.Current"));
        Assert.Equal(person.DisplayName, wrong.ValueOf("Name.DisplayName"));
        var next = await wrong.SendAsync("[data-testid='change-password']", ("Password.Current", person.Password), ("Password.New", "another harbour by night"));
        Assert.Equal(HttpStatusCode.SeeOther, next.Status);
        Assert.False(await other.IsSignedInAsync());
        var account = await FormPage.OpenAsync(browser, "/account");
        Assert.Contains("Your password is changed", account.Text, StringComparison.Ordinal);
        browser.Dispose();
    }

    [Fact]
    public async Task The_devices_page_ends_another_device_and_then_this_one()
    {
        var (browser, person) = await site.SignedInAsync();
        using var other = browser.Another();
        await other.SignInAsync(person);
        var page = await FormPage.OpenAsync(browser, "/account/devices");
        Assert.Equal(2, page.Document.QuerySelectorAll("[data-testid='device-row']").Length);
        Assert.Equal("true", page.Document.QuerySelector("[data-testid='device-row']")?.GetAttribute("data-current"));

        await page.SendAsync("[data-current='false'] [data-testid='revoke-device']");
        Assert.False(await other.IsSignedInAsync());
        page = await FormPage.OpenAsync(browser, "/account/devices");
        Assert.Single(page.Document.QuerySelectorAll("[data-testid='device-row']"));
        Assert.Contains("That device is signed out.", page.Text, StringComparison.Ordinal);

        var last = await page.SendAsync("[data-current='true'] [data-testid='revoke-device']");
        Assert.Equal("/login", last.Answer.Headers.Location?.ToString());
        Assert.False(await browser.IsSignedInAsync());
        browser.Dispose();
    }

    [Fact]
    public async Task The_devices_page_signs_out_everywhere()
    {
        var (browser, person) = await site.SignedInAsync();
        using var other = browser.Another();
        await other.SignInAsync(person);
        var page = await FormPage.OpenAsync(browser, "/account/devices");
        await page.SendAsync("[data-testid='sign-out-everywhere']");
        Assert.False(await other.IsSignedInAsync());
        Assert.False(await browser.IsSignedInAsync());
        browser.Dispose();
    }
}
