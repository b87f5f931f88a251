using System.Net;
using ShopSession.Auth.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests.Passkeys;

/// <summary>What waits for its second half, challenges and half sign-ins, where the shop keeps no sessions: in the browser, sealed.</summary>
public sealed class PasskeyStrategyTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("shop-auth-").FullName;

    [Theory]
    [InlineData("client", false)]
    [InlineData("jwt", true)]
    public async Task Passkeys_and_two_factor_sign_in_work_where_the_browser_keeps_its_session(string strategy, bool ownCookie)
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var replica = await AuthReplica.StartAsync(redis.ConnectionString, _data, 1, ("Session__Strategy", strategy));
        using var browser = new Browser([replica]);
        var person = await Person.RegisterAsync(browser);
        await browser.SignInAsync(person);
        await browser.ConfirmEmailAsync(person);
        using var authenticator = new SoftwareAuthenticator();
        var creation = authenticator.Create(await browser.CreationOptionsAsync());
        await browser.AddAsync(creation);
        await browser.AddAsync(creation, HttpStatusCode.BadRequest);

        using var other = browser.Another();
        var answer = authenticator.Get(await other.RequestOptionsAsync());
        Assert.Equal(ownCookie, other.Cookies.Keys.Any(name => name.StartsWith("__Host-shop.", StringComparison.Ordinal)));
        using var thief = browser.Another();
        await thief.SignInAsync(answer, HttpStatusCode.Unauthorized);
        // A copy of all cookies, made before the answer was given, is no second answer either.
        using var copy = browser.Another().WithCookiesOf(other);
        await other.SignInAsync(answer);
        Assert.True(await other.IsSignedInAsync());
        await copy.SignInAsync(answer, HttpStatusCode.Unauthorized);
        Assert.False(await copy.IsSignedInAsync());

        var key = (await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/two-factor/key")).GetProperty("key").GetString()!;
        await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/two-factor", new { code = Totp.Code(key) });
        using var third = browser.Another();
        var first = await (await FormPage.OpenAsync(third, "/login")).SendAsync("[data-testid='submit-login']", ("Input.Email", person.Email), ("Input.Password", person.Password));
        Assert.Equal(HttpStatusCode.SeeOther, first.Status);
        Assert.False(await third.IsSignedInAsync());
        var second = await (await FormPage.OpenAsync(third, "/login/two-factor")).SendAsync("[data-testid='submit-code']", ("Input.Code", Totp.Code(key, 1)));
        Assert.Equal(HttpStatusCode.SeeOther, second.Status);
        Assert.True(await third.IsSignedInAsync());
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
