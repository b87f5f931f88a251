using System.Text.Json;
using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Journeys;

/// <summary>With the browser's own WebAuthn and a virtual authenticator behind it. Challenge and answer reach the two replicas of auth in turn.</summary>
[Collection(RedisShop.Collection)]
public sealed class PasskeyJourneys(RedisShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    // The virtual authenticator answers the request behind the e-mail field at once, as if its passkey had been chosen there. This stands for somebody who does not choose.
    private const string NobodyChoosesInTheField = """
        const get = navigator.credentials.get.bind(navigator.credentials);
        navigator.credentials.get = options => options.mediation !== "conditional" ? get(options) : new Promise((_, reject) => {
          window.isOffered = true;
          options.signal.addEventListener("abort", () => { window.isWithdrawn = true; reject(options.signal.reason); });
        });
        """;

    [Theory]
    [InlineData(1280, false)]
    [InlineData(390, true)]
    public async Task A_passkey_is_added_signs_in_without_a_password_and_is_removed(int width, bool inTheField)
    {
        var user = await NewUserAsync();
        var visitor = await NewVisitorAsync(options => options.ViewportSize = new() { Width = width, Height = 844 });
        var (devtools, authenticator) = await AttachAuthenticatorAsync(visitor);
        await visitor.SignInAsync(user);
        await visitor.FollowMailAsync(user.Email, "Confirm your email address");
        await visitor.Page.GetByTestId("confirm-email").ClickAsync();
        await Assertions.Expect(visitor.Page.GetByTestId("email-confirmed")).ToBeVisibleAsync();
        await visitor.OpenAsync("auth", "/account/two-factor");
        await visitor.Page.GetByTestId("passkeys").ClickAsync();
        await visitor.Page.GetByTestId("add-passkey").ClickAsync();
        await Assertions.Expect(visitor.Page.GetByTestId("passkey")).ToHaveCountAsync(1);

        await visitor.Page.GetByTestId("sign-out").ClickAsync();
        await visitor.ExpectSignedOutAsync();
        if (!inTheField) await visitor.Page.AddInitScriptAsync(NobodyChoosesInTheField);
        await visitor.OpenAsync("auth", $"/login?returnUrl={Uri.EscapeDataString(visitor.Address("cart"))}");
        if (!inTheField) await visitor.Page.GetByTestId("passkey-sign-in").ClickAsync();

        await visitor.UntilAtAsync(url => url == new Uri(visitor.Address("cart")));
        await visitor.ExpectSignedInAsync(user);
        foreach (var service in new[] { "catalog", "auth" })
        {
            await visitor.OpenAsync(service, service == "auth" ? "/account" : "/products");
            await visitor.ExpectSignedInAsync(user);
        }

        await visitor.OpenAsync("auth", "/account/passkeys");
        await visitor.Page.GetByTestId("remove-passkey").ClickAsync();
        await Assertions.Expect(visitor.Page.GetByTestId("passkey")).ToHaveCountAsync(0);
        await visitor.Page.GetByTestId("sign-out").ClickAsync();
        await visitor.OpenAsync("auth", "/login");
        if (!inTheField)
        {
            await visitor.UntilTrueAsync("window.isOffered === true");
            await visitor.Page.GetByTestId("passkey-sign-in").ClickAsync();
        }

        await Assertions.Expect(visitor.Page.Locator("[data-passkey-sign-in] [data-problem]")).ToContainTextAsync("did not sign you in");
        // The button's request took the place of the one behind the field.
        if (!inTheField) Assert.True(await visitor.Page.EvaluateAsync<bool>("window.isWithdrawn"));
        await visitor.ExpectSignedOutAsync();

        // An authenticator that does not know its user does not answer, and the page says so.
        await devtools.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = authenticator, ["isUserVerified"] = false });
        await visitor.Page.GetByTestId("passkey-sign-in").ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("[data-passkey-sign-in] [data-problem]")).ToContainTextAsync("did not finish");
    }

    [Fact]
    public async Task Opening_the_sign_in_page_asks_for_no_challenge_where_no_passkey_was_used()
    {
        var visitor = await NewVisitorAsync();
        var asked = 0;
        visitor.Page.Request += (_, request) => asked += request.Url.EndsWith("/api/login/passkey/options", StringComparison.Ordinal) ? 1 : 0;
        await visitor.OpenAsync("auth", "/login");
        await Assertions.Expect(visitor.Page.GetByTestId("passkey-sign-in")).ToBeVisibleAsync();
        await visitor.Page.Locator("main input[type=email]").FocusAsync();
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Equal(0, asked);
        Assert.DoesNotContain(await visitor.Context.CookiesAsync(), cookie => cookie.Name == "__Secure-shop.sid");

        // Where one was, it does: the browser remembers.
        await visitor.Page.EvaluateAsync("localStorage.setItem('shop.passkey', 'used')");
        await visitor.Page.RunAndWaitForResponseAsync(() => visitor.Page.ReloadAsync(), answer => answer.Url.EndsWith("/api/login/passkey/options", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_JavaScript_the_pages_say_what_passkeys_need()
    {
        var user = await NewUserAsync();
        var visitor = await NewVisitorAsync(options => options.JavaScriptEnabled = false);
        await visitor.OpenAsync("auth", "/login");
        await Assertions.Expect(visitor.Page.GetByTestId("passkey-sign-in")).ToBeHiddenAsync();
        await Assertions.Expect(visitor.Page.Locator("noscript p")).ToBeVisibleAsync();
        await visitor.SubmitSignInAsync(user);
        await visitor.OpenAsync("auth", "/account/passkeys");
        await Assertions.Expect(visitor.Page.GetByTestId("add-passkey")).ToBeHiddenAsync();
    }

    private static async Task<(ICDPSession DevTools, string Authenticator)> AttachAuthenticatorAsync(Visitor visitor)
    {
        var devtools = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        await devtools.SendAsync("WebAuthn.enable");
        var answer = await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return (devtools, answer!.Value.GetProperty("authenticatorId").GetString()!);
    }
}
