using Microsoft.Playwright;

namespace ShopSession.E2E.Tests.Browsers;

/// <summary>One browser for all tests; each visitor is a context of its own in it, with its own cookies.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    // Without the switches about networking, Chromium keeps trying to reach its maker; as root it needs --no-sandbox.
    private static readonly string[] Switches =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser was not started.");

    public async ValueTask InitializeAsync()
    {
        // Playwright's own 5 s are short for a page that a busy machine makes. What is expected is no slower for it, only what does not come.
        Assertions.SetDefaultExpectTimeout(20_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = await BrowserLocator.FindAsync(_playwright),
            Args = Switches,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
