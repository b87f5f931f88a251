using System.Globalization;
using System.Net;
using ShopSession.Auth.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests.TwoFactor;

[Collection(AuthCollection.Name)]
public sealed class TwoFactorTests(AuthSite site)
{
    [Fact]
    public async Task With_it_on_a_password_alone_signs_nobody_in_and_each_code_is_accepted_once()
    {
        var (browser, person, key, recovery) = await WithTwoFactorAsync();
        using var other = browser.Another();
        var login = new { email = person.Email, password = person.Password };
        var problem = await other.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/login", login);
        Assert.EndsWith("/two-factor-required", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.False(await other.IsSignedInAsync());

        // The step after the one that the set-up used.
        var code = Totp.Code(key, 1);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => other.Another().JsonAsync(HttpMethod.Post, "/api/login", new { login.email, login.password, code })));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);

        var used = recovery[3].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal);
        await other.ExpectAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/login", new { login.email, login.password, recoveryCode = used });
        problem = await other.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/login", new { login.email, login.password, recoveryCode = used });
        Assert.EndsWith("/two-factor-failed", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Contains("9 of 10 are left", await Mailbox.WaitAsync(browser, person.Email, "A recovery code was used"), StringComparison.Ordinal);
        browser.Dispose();
    }

    [Fact]
    public async Task The_pages_ask_for_the_code_in_the_browser_that_gave_the_password()
    {
        var (browser, person, key, _) = await WithTwoFactorAsync();
        using var first = browser.Another();
        var page = await FormPage.OpenAsync(first, $"/login?returnUrl={Uri.EscapeDataString("http://auth.shop.localhost:8080/account")}");
        var step = await page.SendAsync("[data-testid='submit-login']", ("Input.Email", person.Email), ("Input.Password", person.Password));
        var second = step.Answer.Headers.Location!.OriginalString;
        Assert.StartsWith("/login/two-factor?returnUrl=", second, StringComparison.Ordinal);
        Assert.False(await first.IsSignedInAsync());

        // Nobody else can go on with it.
        using var stranger = browser.Another();
        var elsewhere = await FormPage.OpenAsync(stranger, second);
        Assert.Equal(HttpStatusCode.SeeOther, elsewhere.Status);

        page = await FormPage.OpenAsync(first, second);
        var wrong = await page.SendAsync("[data-testid='submit-code']", ("Input.Code", "000000"));
        Assert.NotNull(wrong.ErrorAt("Input.Code"));
        var done = await wrong.SendAsync("[data-testid='submit-code']", ("Input.Code", Totp.Code(key, 1)));
        Assert.Equal("http://auth.shop.localhost:8080/account", done.Answer.Headers.Location?.OriginalString);
        Assert.True(await first.IsSignedInAsync());
        browser.Dispose();
    }

    [Fact]
    public async Task A_new_password_by_mail_does_not_get_round_it()
    {
        var (browser, person, _, _) = await WithTwoFactorAsync();
        await browser.ExpectAsync(HttpStatusCode.Accepted, HttpMethod.Post, "/api/password/forgot", new { email = person.Email });
        var token = await Mailbox.TokenAsync(browser, person.Email, "A new password for your account");
        await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/password/reset", new { token, @new = "another harbour by night" });
        var problem = await browser.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/login", new { email = person.Email, password = "another harbour by night" });
        Assert.EndsWith("/two-factor-required", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        browser.Dispose();
    }

    [Fact]
    public async Task Guessing_codes_ends_after_five()
    {
        var (browser, person, key, _) = await WithTwoFactorAsync();
        using var other = browser.Another();
        for (var i = 0; i < 5; i++)
        {
            await other.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password, code = "12345" + i.ToString(CultureInfo.InvariantCulture) });
        }

        await other.ExpectAsync(HttpStatusCode.TooManyRequests, HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password, code = Totp.Code(key, 1) });
        browser.Dispose();
    }

    [Fact]
    public async Task The_pages_set_it_up_and_turn_it_off_again_and_other_devices_are_out()
    {
        var (browser, person) = await site.SignedInAsync();
        using var other = browser.Another();
        await other.SignInAsync(person);
        var page = await FormPage.OpenAsync(browser, "/account/two-factor");
        Assert.Null(page.Document.QuerySelector("[data-testid='set-up']"));
        await browser.ConfirmEmailAsync(person);

        page = await (await FormPage.OpenAsync(browser, "/account/two-factor")).SendAsync("[data-testid='set-up']");
        var key = page.Document.QuerySelector("[data-testid='authenticator-key']")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("svg.qr path"));
        page = await page.SendAsync("[data-testid='turn-on']", ("Input.Code", "123"));
        Assert.NotNull(page.ErrorAt("Input.Code"));
        page = await page.SendAsync("[data-testid='turn-on']", ("Input.Code", Totp.Code(key, 0)));
        Assert.Equal(10, page.Document.QuerySelectorAll("[data-testid='recovery-codes'] li").Length);
        Assert.False(await other.IsSignedInAsync());

        page = await FormPage.OpenAsync(browser, "/account/two-factor");
        Assert.Equal("10", page.Document.QuerySelector("[data-testid='codes-left']")?.TextContent);
        Assert.Null(page.Document.QuerySelector("[data-testid='recovery-codes']"));
        await page.SendAsync("[data-testid='turn-off']");
        await other.SignInAsync(person);
        browser.Dispose();
    }

    private async Task<(Browser Browser, Person Person, string Key, IReadOnlyList<string> RecoveryCodes)> WithTwoFactorAsync()
    {
        var (browser, person) = await site.SignedInAsync();
        await browser.ExpectAsync(HttpStatusCode.Conflict, HttpMethod.Post, "/api/two-factor/key");
        await browser.ConfirmEmailAsync(person);
        var key = (await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/two-factor/key")).GetProperty("key").GetString()!;
        var codes = await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/two-factor", new { code = Totp.Code(key, 0) });
        return (browser, person, key, [.. codes.GetProperty("recoveryCodes").EnumerateArray().Select(code => code.GetString()!)]);
    }
}
