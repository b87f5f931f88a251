using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Http;
using ShopSession.E2E.Tests.Running;

namespace ShopSession.E2E.Tests.Support;

/// <summary>
/// A test on a running shop. Each visitor has cookies of their own; when the test fails, a screenshot and the page of each and the logs of
/// the replicas are left under <c>TestResults/e2e</c>.
/// </summary>
public abstract class JourneyTest(RunningShop running, BrowserFixture browser) : IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];
    private readonly List<IDisposable> _clients = [];

    private protected ShopSystem Shop => running.System;

    public async ValueTask InitializeAsync()
    {
        if (running.Missing is { } reason) Assert.Skip(reason);
        await Shop.UntilAllHealthyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed) await KeepEvidenceAsync();
        foreach (var visitor in _visitors) await visitor.Context.DisposeAsync();
        foreach (var client in _clients) client.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<Visitor> NewVisitorAsync(Action<BrowserNewContextOptions>? configure = null)
    {
        var options = new BrowserNewContextOptions { ViewportSize = new() { Width = 1280, Height = 900 } };
        configure?.Invoke(options);
        var context = await browser.Browser.NewContextAsync(options);
        context.SetDefaultTimeout(30_000);
        // A page may wait for a service that starts.
        context.SetDefaultNavigationTimeout(60_000);
        // A trace of every action costs more than the pages themselves: only who asks for one gets it.
        if (Artefacts.WantTraces) await context.Tracing.StartAsync(new() { Snapshots = true, Screenshots = true });
        var visitor = new Visitor(context, await context.NewPageAsync(), Shop.Domain, Shop.Port);
        _visitors.Add(visitor);
        return visitor;
    }

    private protected ShopClient NewClient()
    {
        var client = new ShopClient(Shop.Domain, Shop.Port);
        _clients.Add(client);
        return client;
    }

    private protected async Task<User> NewUserAsync()
    {
        using var client = new ShopClient(Shop.Domain, Shop.Port);
        return await User.RegisterAsync(client);
    }

    /// <summary>A new visitor, signed in with a new account.</summary>
    private protected async Task<(Visitor Visitor, User User)> SignedInVisitorAsync()
    {
        var user = await NewUserAsync();
        var visitor = await NewVisitorAsync();
        await visitor.SignInAsync(user);
        return (visitor, user);
    }

    private async Task KeepEvidenceAsync()
    {
        var folder = Artefacts.FolderFor(TestContext.Current.Test?.TestDisplayName ?? GetType().Name);
        for (var i = 0; i < _visitors.Count; i++)
        {
            await _visitors[i].Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"visitor-{i + 1}.png"), FullPage = true });
            await File.WriteAllTextAsync(Path.Combine(folder, $"visitor-{i + 1}.html"), $"<!-- {_visitors[i].Page.Url} -->\n{await _visitors[i].Page.ContentAsync()}");
            if (Artefacts.WantTraces) await _visitors[i].Context.Tracing.StopAsync(new() { Path = Path.Combine(folder, $"visitor-{i + 1}.trace.zip") });
        }
        await Shop.WriteLogsAsync(Path.Combine(folder, "logs"));
        TestContext.Current.TestOutputHelper?.WriteLine($"Screenshots, pages and logs: {folder}");
        await Console.Error.WriteLineAsync($"Screenshots, pages and logs: {folder}");
    }
}
