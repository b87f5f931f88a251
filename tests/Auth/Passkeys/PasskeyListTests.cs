using System.Net;
using ShopSession.Auth.Tests.Harness;

namespace ShopSession.Auth.Tests.Passkeys;

[Collection(AuthCollection.Name)]
public sealed class PasskeyListTests(AuthSite site)
{
    [Fact]
    public async Task Passkeys_are_named_renamed_and_removed_and_mail_tells_of_it()
    {
        var (browser, person, authenticator, passkey) = await site.WithPasskeyAsync();
        await Mailbox.WaitAsync(browser, person.Email, "A passkey was added to your account");
        var page = await FormPage.OpenAsync(browser, "/account/passkeys");
        await page.SendAsync("[data-testid='rename-passkey']", ("name", "My <phone>"));
        page = await FormPage.OpenAsync(browser, "/account/passkeys");
        Assert.Equal("My <phone>", page.Document.QuerySelector("[data-testid='passkey'] strong")?.TextContent);
        await page.SendAsync("[data-testid='rename-passkey']", ("name", " "));
        Assert.Contains("Enter a name", (await FormPage.OpenAsync(browser, "/account/passkeys")).Text, StringComparison.Ordinal);
        await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Put, $"/api/passkeys/{passkey.GetProperty("id").GetString()}", new { name = "Key ring" });

        await page.SendAsync("[data-testid='remove-passkey']");
        Assert.Equal(0, (await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/passkeys")).GetArrayLength());
        await Mailbox.WaitAsync(browser, person.Email, "A passkey was removed from your account");
        using var other = browser.Another();
        await other.SignInWithAsync(authenticator, HttpStatusCode.Unauthorized);
        // Who was signed in stays so.
        Assert.True(await browser.IsSignedInAsync());
        browser.Dispose();
        authenticator.Dispose();
    }

    [Fact]
    public async Task Another_accounts_passkey_is_as_if_it_were_not_there()
    {
        var (browser, _, authenticator, passkey) = await site.WithPasskeyAsync();
        var (stranger, _) = await site.SignedInAsync();
        var path = $"/api/passkeys/{passkey.GetProperty("id").GetString()}";
        await stranger.ExpectAsync(HttpStatusCode.NotFound, HttpMethod.Put, path, new { name = "Mine" });
        await stranger.ExpectAsync(HttpStatusCode.NotFound, HttpMethod.Delete, path);
        Assert.Equal(0, (await stranger.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/passkeys")).GetArrayLength());
        browser.Dispose();
        stranger.Dispose();
        authenticator.Dispose();
    }

    [Fact]
    public async Task Adding_one_takes_a_sign_in_and_a_confirmed_address()
    {
        using var nobody = site.NewBrowser();
        await nobody.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/passkeys/creation-options", new { });
        var (browser, _) = await site.SignedInAsync();
        var problem = await browser.ExpectAsync(HttpStatusCode.Conflict, HttpMethod.Post, "/api/passkeys/creation-options", new { });
        Assert.EndsWith("/email-unconfirmed", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        browser.Dispose();
    }

    [Fact]
    public async Task An_answer_to_another_accounts_challenge_adds_nothing()
    {
        var (browser, person) = await site.SignedInAsync();
        var (stranger, other) = await site.SignedInAsync();
        await browser.ConfirmEmailAsync(person);
        await stranger.ConfirmEmailAsync(other);
        using var authenticator = new SoftwareAuthenticator();
        var answer = authenticator.Create(await browser.CreationOptionsAsync());

        await stranger.AddAsync(answer, HttpStatusCode.BadRequest);
        // Somebody else signs in in the very browser that has the challenge.
        await browser.SignInAsync(other);
        await browser.AddAsync(answer, HttpStatusCode.BadRequest);

        Assert.Equal(0, (await stranger.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/passkeys")).GetArrayLength());
        browser.Dispose();
        stranger.Dispose();
    }

    [Theory]
    [InlineData("http://cart.shop.localhost:8080", true)]
    [InlineData(SoftwareAuthenticator.Origin, false)]
    public async Task An_answer_from_elsewhere_or_without_its_user_adds_nothing(string origin, bool knewItsUser)
    {
        var (browser, person) = await site.SignedInAsync();
        await browser.ConfirmEmailAsync(person);
        using var authenticator = new SoftwareAuthenticator { SaidOrigin = origin, KnewItsUser = knewItsUser };
        await browser.AddAsync(authenticator.Create(await browser.CreationOptionsAsync()), HttpStatusCode.BadRequest);
        browser.Dispose();
    }

    [Fact]
    public async Task A_challenge_makes_one_passkey_and_a_passkey_is_added_once()
    {
        var (browser, person) = await site.SignedInAsync();
        await browser.ConfirmEmailAsync(person);
        using var authenticator = new SoftwareAuthenticator();
        var answer = authenticator.Create(await browser.CreationOptionsAsync());
        await browser.AddAsync(answer);
        await browser.AddAsync(answer, HttpStatusCode.BadRequest);
        var options = await browser.CreationOptionsAsync();
        Assert.Equal(1, options.GetProperty("excludeCredentials").GetArrayLength());
        await browser.AddAsync(authenticator.Create(options), HttpStatusCode.BadRequest);
        browser.Dispose();
    }

    [Fact]
    public async Task Ten_are_kept_also_when_more_come_at_once()
    {
        var (browser, _) = await site.SignedInAsync();
        var user = await browser.UserIdAsync();
        Assert.Equal((10, 4), await PasskeyCrowd.AddAtOnceAsync(SchemaTests.At($"Data Source={site.DatabaseFile}"), user, 14));
        Assert.Equal(10, (await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/passkeys")).GetArrayLength());
        Assert.Equal((0, 1), await PasskeyCrowd.AddAtOnceAsync(SchemaTests.At($"Data Source={site.DatabaseFile}"), user, 1));
        browser.Dispose();
    }

    [Fact]
    public async Task They_are_part_of_the_export_and_go_with_the_account()
    {
        var (browser, person, authenticator, _) = await site.WithPasskeyAsync();
        var data = await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/account/export");
        Assert.Equal(1, data.GetProperty("passkeys").GetArrayLength());
        await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/account/delete", new { password = person.Password });
        using var other = browser.Another();
        await other.SignInWithAsync(authenticator, HttpStatusCode.Unauthorized);
        browser.Dispose();
        authenticator.Dispose();
    }
}
