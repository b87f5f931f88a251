using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Accessibility;

[Collection(RedisShop.Collection)]
public sealed class AccessibilityTests(RedisShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    private static readonly (string Service, string Path)[] ForGuests =
        [("", "/"), ("catalog", "/products"), ("catalog", "/products?search=zzzzzz"), ("auth", "/login"), ("auth", "/register"), ("cart", "/")];

    private static readonly (string Service, string Path)[] ForUsers =
        [("cart", "/"), ("cart", "/checkout"), ("cart", "/orders"), ("auth", "/account"), ("auth", "/account/devices")];

    private static readonly string[] Account =
    [
        "/account/addresses", "/account/addresses/new", "/account/devices", "/account/email", "/account/two-factor", "/account/passkeys", "/account/data", "/dev/mailbox",
        "/admin/users", "/admin/audit",
    ];

    // Where links of mails lead that were used already, and what is not there.
    private static readonly (string Service, string Path)[] DeadEnds =
        [("auth", "/confirm-email?token=used"), ("auth", "/reset-password?token=used"), ("auth", "/logout"), ("cart", "/items"), ("cart", "/orders/00000000-0000-0000-0000-000000000000"), ("catalog", "/products/nothing"), ("", "/nowhere")];

    [Theory]
    [InlineData(ColorScheme.Light, 1280, 900)]
    [InlineData(ColorScheme.Dark, 360, 800)]
    public async Task The_account_administration_and_mail_pages_have_no_accessibility_violation_and_fit_the_window(ColorScheme scheme, int width, int height)
    {
        var visitor = await NewVisitorAsync(options => (options.ColorScheme, options.ViewportSize) = (scheme, new() { Width = width, Height = height }));
        var violations = new List<string>();
        var folder = $"account-{scheme}-{width}".ToLowerInvariant();
        await CheckAsync(visitor, "auth", "/forgot-password", "guest", folder, violations);
        foreach (var (service, path) in DeadEnds)
        {
            await visitor.Page.GotoAsync(visitor.Address(service, path));
            await CheckOpenAsync(visitor, service, path, "guest", folder, violations);
        }

        await visitor.SignInAsync(User.Administrator);
        foreach (var path in Account) await CheckAsync(visitor, "auth", path, "admin", folder, violations);

        // Forms with something in them, and something wrong with it.
        await visitor.OpenAsync("auth", "/account/addresses/new");
        await visitor.Page.GetByTestId("save-address").ClickAsync();
        await CheckOpenAsync(visitor, "auth", "address-refused", "admin", folder, violations);
        await visitor.OpenAsync("auth", "/account/devices");
        await visitor.Page.GetByTestId("device-events").First.Locator("summary").ClickAsync();
        await CheckOpenAsync(visitor, "auth", "devices-open", "admin", folder, violations);
        await visitor.OpenAsync("auth", "/admin/users");
        await visitor.Page.GetByTestId("user-row").First.GetByRole(AriaRole.Link).First.ClickAsync();
        await CheckOpenAsync(visitor, "auth", "admin-user", "admin", folder, violations);
        await CheckAsync(visitor, "auth", "/logout", "admin", folder, violations);

        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
    }

    // Both themes, both languages, three widths, without every combination of them: each is half a minute of a small machine.
    [Theory]
    [InlineData(ColorScheme.Light, 1280, 900, "en-GB")]
    [InlineData(ColorScheme.Dark, 390, 844, "en-GB")]
    [InlineData(ColorScheme.Light, 360, 780, "zh-CN")]
    public async Task The_main_pages_have_no_accessibility_violation_and_no_script_error(ColorScheme scheme, int width, int height, string locale)
    {
        var visitor = await NewVisitorAsync(options => (options.ColorScheme, options.ViewportSize, options.Locale) = (scheme, new() { Width = width, Height = height }, locale));
        var errors = new List<string>();
        visitor.Page.PageError += (_, error) => errors.Add(error);
        visitor.Page.Console += (_, message) =>
        {
            if (message.Type == "error") errors.Add($"{message.Text} ({visitor.Page.Url})");
        };
        var violations = new List<string>();
        var folder = $"{scheme}-{width}-{locale}".ToLowerInvariant();

        foreach (var (service, path) in ForGuests) await CheckAsync(visitor, service, path, "guest", folder, violations);
        await visitor.SignInAsync(await NewUserAsync());
        await visitor.AddProductAsync();
        await CheckOpenAsync(visitor, "catalog", "product", "user", folder, violations);
        foreach (var (service, path) in ForUsers) await CheckAsync(visitor, service, path, "user", folder, violations);

        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
        Assert.True(errors.Count == 0, string.Join(Environment.NewLine, errors));
    }

    [Fact]
    public async Task What_is_wrong_is_found()
    {
        var visitor = await NewVisitorAsync();
        await visitor.Page.SetContentAsync("""<!doctype html><html><head></head><body><img src="data:,"><p style="color:#ccc;background:#fff">Hard to read</p></body></html>""");

        var found = string.Join('\n', await visitor.Page.ProblemsAsync("what-is-wrong"));

        foreach (var rule in new[] { "image-alt", "color-contrast", "document-title", "html-has-lang", "landmark-one-main", "page-has-heading-one", "region" }) Assert.Contains($": {rule}: ", found, StringComparison.Ordinal);
    }

    private static async Task CheckAsync(Visitor visitor, string service, string path, string who, string folder, List<string> violations)
    {
        await visitor.OpenAsync(service, path);
        await CheckOpenAsync(visitor, service, path, who, folder, violations);
    }

    private static async Task CheckOpenAsync(Visitor visitor, string service, string path, string who, string folder, List<string> violations)
    {
        var name = string.Concat($"{service}{path}".Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-');
        violations.AddRange(await visitor.Page.ProblemsAsync(folder, $"{(name.Length == 0 ? "home" : name)}-{who}"));
    }
}
