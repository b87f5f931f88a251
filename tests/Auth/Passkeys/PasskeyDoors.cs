using System.Net;
using System.Text.Json;
using ShopSession.Auth.Tests.Harness;

namespace ShopSession.Auth.Tests.Passkeys;

/// <summary>The requests that the shop's own script makes.</summary>
internal static class PasskeyDoors
{
    public static Task<JsonElement> CreationOptionsAsync(this Browser browser) => browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/passkeys/creation-options", new { });

    public static Task<JsonElement> RequestOptionsAsync(this Browser browser) => browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/login/passkey/options", new { });

    public static Task<JsonElement> AddAsync(this Browser browser, object credential, HttpStatusCode expected = HttpStatusCode.Created, string? name = null) =>
        browser.ExpectAsync(expected, HttpMethod.Post, "/api/passkeys", new { name, credential });

    public static Task<JsonElement> SignInAsync(this Browser browser, object credential, HttpStatusCode expected = HttpStatusCode.OK, bool rememberMe = false) =>
        browser.ExpectAsync(expected, HttpMethod.Post, "/api/login/passkey", new { credential, rememberMe });

    /// <summary>Asks for a challenge and answers it.</summary>
    public static async Task<JsonElement> SignInWithAsync(this Browser browser, SoftwareAuthenticator authenticator, HttpStatusCode expected = HttpStatusCode.OK) =>
        await browser.SignInAsync(authenticator.Get(await browser.RequestOptionsAsync()), expected);

    /// <summary>Somebody signed in, with a confirmed address and a passkey.</summary>
    public static async Task<(Browser Browser, Person Person, SoftwareAuthenticator Authenticator, JsonElement Passkey)> WithPasskeyAsync(this AuthSite site, uint signCount = 0)
    {
        var (browser, person) = await site.SignedInAsync();
        await browser.ConfirmEmailAsync(person);
        var authenticator = new SoftwareAuthenticator { SignCount = signCount };
        var passkey = await browser.AddAsync(authenticator.Create(await browser.CreationOptionsAsync()));
        return (browser, person, authenticator, passkey);
    }
}
