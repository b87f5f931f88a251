using System.Net;
using ShopSession.Auth.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests.Passkeys;

/// <summary>Requests of a browser go to each of two replicas in turn, so every challenge is made by one and judged by the other.</summary>
[Collection(AuthCollection.Name)]
public sealed class PasskeySignInTests(AuthSite site)
{
    [Fact]
    public async Task A_passkey_signs_in_as_a_password_does()
    {
        var (browser, person, authenticator, _) = await site.WithPasskeyAsync();
        using var other = browser.Another();
        var options = await other.RequestOptionsAsync();
        Assert.Equal("shop.localhost", options.GetProperty("rpId").GetString());
        Assert.Equal("required", options.GetProperty("userVerification").GetString());
        var before = other.Cookies[Browser.SessionCookie];

        var login = await other.SignInAsync(authenticator.Get(options), rememberMe: true);

        Assert.Equal(person.DisplayName, login.GetProperty("userName").GetString());
        Assert.NotEqual(before, other.Cookies[Browser.SessionCookie]);
        Assert.True(await other.IsSignedInAsync());
        Assert.Equal(2, (await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/devices")).GetArrayLength());
        // It is a sign-in of now.
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/account/passkeys")).StatusCode);
        var passkey = (await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/passkeys"))[0];
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, passkey.GetProperty("lastUsedAt").ValueKind);
        browser.Dispose();
        authenticator.Dispose();
    }

    [Fact]
    public async Task It_is_two_factors_by_itself()
    {
        var (browser, person, authenticator, _) = await site.WithPasskeyAsync();
        var key = (await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/two-factor/key")).GetProperty("key").GetString()!;
        await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/two-factor", new { code = Totp.Code(key) });
        using var other = browser.Another();
        await other.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password });

        await other.SignInWithAsync(authenticator);

        Assert.True(await other.IsSignedInAsync());
        browser.Dispose();
        authenticator.Dispose();
    }

    [Fact]
    public async Task An_answer_is_good_once_also_when_it_comes_many_times_at_once()
    {
        var (browser, _, authenticator, _) = await site.WithPasskeyAsync();
        using var other = browser.Another();
        var answer = authenticator.Get(await other.RequestOptionsAsync());
        // As one who has copied both the cookie and the answer.
        var copies = Enumerable.Range(0, 6).Select(_ => other.Another().WithCookiesOf(other)).ToList();

        var answers = await Task.WhenAll(copies.Select(copy => copy.JsonAsync(HttpMethod.Post, "/api/login/passkey", new { credential = answer })));

        Assert.Single(answers, reply => reply.StatusCode == HttpStatusCode.OK);
        foreach (var reply in answers) reply.Dispose();
        foreach (var copy in copies) copy.Dispose();
        await other.SignInAsync(answer, HttpStatusCode.Unauthorized);
        browser.Dispose();
        authenticator.Dispose();
    }

    [Fact]
    public async Task An_answer_to_no_challenge_of_this_session_is_refused()
    {
        var (browser, _, authenticator, _) = await site.WithPasskeyAsync();
        using var first = browser.Another();
        using var second = browser.Another();
        var answer = authenticator.Get(await first.RequestOptionsAsync());

        await second.SignInAsync(answer, HttpStatusCode.Unauthorized);
        await second.RequestOptionsAsync();
        await second.SignInAsync(answer, HttpStatusCode.Unauthorized);
        // A challenge for adding a passkey is none for signing in.
        var creation = await browser.CreationOptionsAsync();
        await browser.SignInAsync(authenticator.Get(System.Text.Json.JsonSerializer.SerializeToElement(new { challenge = creation.GetProperty("challenge").GetString(), rpId = "shop.localhost" })), HttpStatusCode.Unauthorized);

        Assert.False(await second.IsSignedInAsync());
        browser.Dispose();
        authenticator.Dispose();
    }

    [Theory]
    [InlineData("http://catalog.shop.localhost:8080", null, true)]
    [InlineData("http://evil.localhost:8080", null, true)]
    [InlineData(SoftwareAuthenticator.Origin, "localhost", true)]
    [InlineData(SoftwareAuthenticator.Origin, null, false)]
    public async Task An_answer_from_elsewhere_or_without_its_user_is_refused(string origin, string? domain, bool knewItsUser)
    {
        var (browser, _, authenticator, _) = await site.WithPasskeyAsync();
        (authenticator.SaidOrigin, authenticator.SaidDomain, authenticator.KnewItsUser) = (origin, domain, knewItsUser);
        using var other = browser.Another();
        await other.SignInWithAsync(authenticator, HttpStatusCode.Unauthorized);
        Assert.False(await other.IsSignedInAsync());
        browser.Dispose();
        authenticator.Dispose();
    }

    [Fact]
    public async Task A_passkey_signs_in_to_its_own_account_only()
    {
        var (browser, _, authenticator, _) = await site.WithPasskeyAsync();
        var (victim, _, victims, _) = await site.WithPasskeyAsync();
        using var other = browser.Another();
        authenticator.UserHandle = victims.UserHandle;
        await other.SignInWithAsync(authenticator, HttpStatusCode.Unauthorized);
        Assert.False(await other.IsSignedInAsync());
        browser.Dispose();
        victim.Dispose();
        authenticator.Dispose();
        victims.Dispose();
    }

    [Fact]
    public async Task A_counter_that_goes_back_is_a_copy_and_refused()
    {
        var (browser, _, authenticator, _) = await site.WithPasskeyAsync(signCount: 5);
        using var other = browser.Another();
        await other.SignInWithAsync(authenticator, HttpStatusCode.Unauthorized);
        authenticator.SignCount = 6;
        await other.SignInWithAsync(authenticator);
        await other.SignInWithAsync(authenticator, HttpStatusCode.Unauthorized);
        browser.Dispose();
        authenticator.Dispose();
    }

    [Fact]
    public async Task A_locked_account_is_not_opened_by_it_and_wrong_passwords_do_not_keep_it_out()
    {
        var (browser, person, authenticator, _) = await site.WithPasskeyAsync();
        using var other = browser.Another();
        for (var i = 0; i < 6; i++) (await other.JsonAsync(HttpMethod.Post, "/api/login", new { email = person.Email, password = "not this one" })).Dispose();
        await other.SignInWithAsync(authenticator);

        using var admin = await site.AdministratorAsync();
        var page = await FormPage.OpenAsync(admin, $"/admin/users/{await browser.UserIdAsync()}");
        await page.SendAsync("[data-testid='lock-user']");
        await other.SignInWithAsync(authenticator, HttpStatusCode.Unauthorized);
        browser.Dispose();
        authenticator.Dispose();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"credential":null}""")]
    [InlineData("""{"credential":"text"}""")]
    public async Task What_is_no_credential_is_400(string body)
    {
        using var browser = site.NewBrowser();
        await browser.RequestOptionsAsync();
        using var answer = await browser.SendAsync(HttpMethod.Post, "/api/login/passkey", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Nonsense_in_place_of_an_answer_is_refused_and_nothing_of_it_is_told()
    {
        using var browser = site.NewBrowser();
        await browser.RequestOptionsAsync();
        var problem = await browser.SignInAsync(new { id = "AA", rawId = "AA", type = "public-key", response = new { clientDataJSON = "AA", authenticatorData = "AA", signature = "AA", userHandle = "AA" } }, HttpStatusCode.Unauthorized);
        Assert.EndsWith("/passkey-failed", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("xception", problem.GetRawText(), StringComparison.Ordinal);
    }
}
