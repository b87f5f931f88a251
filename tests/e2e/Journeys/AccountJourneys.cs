using System.Text.Json;
using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;
using ShopSession.Testing;

namespace ShopSession.E2E.Tests.Journeys;

/// <summary>What people do with their account: on a desktop, and on a phone without JavaScript.</summary>
[Collection(RedisShop.Collection)]
public sealed class AccountJourneys(RedisShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Theory]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    public async Task Somebody_registers_confirms_the_address_changes_the_password_and_forgets_it(int width, bool script)
    {
        var visitor = await VisitorAsync(width, script);
        var user = new User($"{Guid.NewGuid():N}@example.com", "seven lanterns in the fog", "Somebody new");
        await visitor.OpenAsync("auth", "/register");
        await FillAsync(visitor, ("#Input_DisplayName", user.DisplayName), ("#Input_Email", user.Email), ("#Input_Password", user.Password));
        await PressAsync(visitor, "submit-register");
        await visitor.ExpectSignedInAsync(user);
        await visitor.OpenAsync("auth", "/account");
        await Assertions.Expect(visitor.Page.GetByTestId("email-unconfirmed")).ToBeVisibleAsync();
        await visitor.FollowMailAsync(user.Email, "Confirm your email address");
        await PressAsync(visitor, "confirm-email");
        await Assertions.Expect(visitor.Page.GetByTestId("email-confirmed")).ToBeVisibleAsync();

        // A change of password ends the login elsewhere, and not this one.
        using var elsewhere = NewClient();
        await elsewhere.JsonAsync(HttpMethod.Post, "auth", "/api/login", new { email = user.Email, password = user.Password });
        await FillAsync(visitor, ("#Password_Current", user.Password), ("#Password_New", "eight lanterns in the fog"));
        await PressAsync(visitor, "change-password");
        await visitor.ExpectSignedInAsync(user);
        Assert.False((await elsewhere.GetJsonAsync("auth", "/api/session")).GetProperty("authenticated").GetBoolean());

        await PressAsync(visitor, "sign-out");
        await visitor.OpenAsync("auth", "/login");
        await PressAsync(visitor, "forgot-password");
        await FillAsync(visitor, ("#Input_Email", user.Email));
        await PressAsync(visitor, "submit-forgot");
        await Assertions.Expect(visitor.Page.GetByTestId("reset-sent")).ToBeVisibleAsync();
        await visitor.FollowMailAsync(user.Email, "A new password for your account");
        if (script) await visitor.Page.LookAsync("mailed-links", "reset-password");
        await FillAsync(visitor, ("#Input_New", "nine lanterns in the fog"));
        await PressAsync(visitor, "submit-reset");
        await visitor.SubmitSignInAsync(user with { Password = "nine lanterns in the fog" });
        await visitor.ExpectSignedInAsync(user);
    }

    [Theory]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    public async Task A_new_address_and_two_factor_sign_in_with_a_code_and_with_a_recovery_code(int width, bool script)
    {
        var user = await NewUserAsync();
        var visitor = await VisitorAsync(width, script);
        await visitor.SignInAsync(user);
        var moved = user with { Email = $"moved-{user.Email}" };
        await visitor.OpenAsync("auth", "/account");
        await PressAsync(visitor, "change-email");
        await FillAsync(visitor, ("#Input_Email", moved.Email));
        await PressAsync(visitor, "submit-email");
        await visitor.FollowMailAsync(moved.Email, "Confirm your new email address");
        if (script) await visitor.Page.LookAsync("mailed-links", "confirm-email");
        await PressAsync(visitor, "confirm-email");
        await Assertions.Expect(visitor.Page.GetByTestId("email")).ToHaveTextAsync(moved.Email);

        await visitor.OpenAsync("auth", "/account/two-factor");
        await PressAsync(visitor, "set-up");
        var key = (await visitor.Page.GetByTestId("authenticator-key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        if (script) await visitor.Page.LookAsync("two-factor", "set-up");
        await FillAsync(visitor, ("#Input_Code", Totp.Code(key)));
        await PressAsync(visitor, "turn-on");
        if (script) await visitor.Page.LookAsync("two-factor", "turned-on");
        var codes = visitor.Page.GetByTestId("recovery-codes").Locator("code");
        await Assertions.Expect(codes).ToHaveCountAsync(10);
        var recovery = await codes.AllInnerTextsAsync();

        await PressAsync(visitor, "sign-out");
        await FirstStepAsync(visitor, moved);
        // Each code is good once: this is the next.
        await FillAsync(visitor, ("#Input_Code", Totp.Code(key, 1)));
        await PressAsync(visitor, "submit-code");
        await visitor.ExpectSignedInAsync(user);

        await PressAsync(visitor, "sign-out");
        await FirstStepAsync(visitor, moved);
        await visitor.Page.GetByText("Lost your authenticator?").ClickAsync();
        if (script) await visitor.Page.LookAsync("two-factor", "second-step");
        await FillAsync(visitor, ("#Input_RecoveryCode", recovery[0]));
        await PressAsync(visitor, "submit-recovery-code");
        await visitor.ExpectSignedInAsync(user);
        await visitor.OpenAsync("auth", "/account/two-factor");
        await Assertions.Expect(visitor.Page.GetByTestId("codes-left")).ToHaveTextAsync("9");
    }

    [Theory]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    public async Task Addresses_are_kept_filled_in_at_the_checkout_exported_and_deleted_with_the_account(int width, bool script)
    {
        var user = await NewUserAsync();
        var visitor = await VisitorAsync(width, script);
        await visitor.SignInAsync(user);
        await visitor.OpenAsync("auth", "/account/addresses");
        foreach (var (street, code, town, country) in ((string, string, string, string)[])[("1 Quay", "20095", "Hamburg", "DE"), ("2 Rue de la Paix", "75002", "Paris", "FR")])
        {
            await PressAsync(visitor, "add-address");
            await FillAsync(visitor, ("#Input_Line1", street), ("#Input_PostalCode", code), ("#Input_City", town));
            await visitor.Page.Locator("#Input_Country").SelectOptionAsync(country);
            await PressAsync(visitor, "save-address");
        }

        await Assertions.Expect(visitor.Page.GetByTestId("address")).ToHaveCountAsync(2);
        await visitor.AddProductAsync();
        await visitor.OpenAsync("cart", "/checkout");
        await Assertions.Expect(visitor.Page.Locator("#Input_Line1")).ToHaveValueAsync("1 Quay");
        await visitor.Page.Locator("#Input_Email").FillAsync("parcels@example.org");
        await visitor.Page.Locator("[name='Input.Delivery'][value='express']").CheckAsync();
        await visitor.Page.GetByTestId("saved-address").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        if (!script) await PressAsync(visitor, "use-address");
        await Assertions.Expect(visitor.Page.Locator("#Input_Email")).ToHaveValueAsync("parcels@example.org");
        await Assertions.Expect(visitor.Page.Locator("[name='Input.Delivery'][value='express']")).ToBeCheckedAsync();
        await Assertions.Expect(visitor.Page.Locator("#Input_Line1")).ToHaveValueAsync("2 Rue de la Paix");
        await Assertions.Expect(visitor.Page.Locator("#Input_Country")).ToHaveValueAsync("FR");
        if (script) await Assertions.Expect(visitor.Page.Locator("[data-sum-rate]")).ToHaveTextAsync("20 %");
        // Another one, to be kept.
        await visitor.Page.Locator("#Input_Country").SelectOptionAsync("DE");
        await FillAsync(visitor, ("#Input_Line1", "3 Quay"), ("#Input_PostalCode", "20095"), ("#Input_City", "Hamburg"));
        await visitor.Page.GetByTestId("saved-address").SelectOptionAsync("");
        if (!script) await PressAsync(visitor, "use-address");
        await Assertions.Expect(visitor.Page.Locator("#Input_Line1")).ToHaveValueAsync("3 Quay");
        if (script) await Assertions.Expect(visitor.Page.Locator("[data-sum-rate]")).ToHaveTextAsync("19 %");
        else await visitor.Page.Locator("[data-review]").ClickAsync();
        await visitor.Page.GetByTestId("save-address").CheckAsync();
        await PressAsync(visitor, "place-order");
        await Assertions.Expect(visitor.Page.GetByTestId("order-number")).ToBeVisibleAsync();
        await visitor.OpenAsync("auth", "/account/addresses");
        await Assertions.Expect(visitor.Page.GetByTestId("address")).ToHaveCountAsync(3);

        await visitor.OpenAsync("auth", "/account/data");
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => PressAsync(visitor, "export"));
        await using (var file = await download.CreateReadStreamAsync())
        {
            var data = (await JsonDocument.ParseAsync(file, cancellationToken: TestContext.Current.CancellationToken)).RootElement;
            Assert.Equal(3, data.GetProperty("addresses").GetArrayLength());
            Assert.Equal(1, data.GetProperty("orders").GetArrayLength());
        }

        await FillAsync(visitor, ("#Input_Password", user.Password));
        await PressAsync(visitor, "delete-account");
        await visitor.ExpectSignedOutAsync();
        using var client = NewClient();
        await client.JsonAsync(HttpMethod.Post, "auth", "/api/login", new { email = user.Email, password = user.Password }, System.Net.HttpStatusCode.Unauthorized);
    }

    private Task<Visitor> VisitorAsync(int width, bool script) =>
        NewVisitorAsync(options => (options.JavaScriptEnabled, options.ViewportSize) = (script, new() { Width = width, Height = 844 }));

    private static async Task FirstStepAsync(Visitor visitor, User user)
    {
        await visitor.OpenAsync("auth", "/login");
        await FillAsync(visitor, ("#Input_Email", user.Email), ("#Input_Password", user.Password));
        await PressAsync(visitor, "submit-login");
        await visitor.UntilAtAsync(url => url.AbsolutePath == "/login/two-factor");
    }

    private static async Task FillAsync(Visitor visitor, params (string Field, string Text)[] fields)
    {
        foreach (var (field, text) in fields) await visitor.Page.Locator(field).FillAsync(text);
    }

    private static Task PressAsync(Visitor visitor, string button) => visitor.Page.GetByTestId(button).ClickAsync();
}
