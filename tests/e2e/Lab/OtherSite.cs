using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ShopSession.E2E.Tests.Lab;

/// <summary>Another site, on an origin of its own, that keeps what browsers tell it of where they came from.</summary>
internal sealed class OtherSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtherSite(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single() + "/";

    /// <summary>The Referer headers of the visits, in order.</summary>
    public ConcurrentQueue<string> Referers { get; } = new();

    public static async Task<OtherSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var site = new OtherSite(builder.Build());
        site._app.MapGet("/", (HttpContext context) =>
        {
            site.Referers.Enqueue(context.Request.Headers.Referer.ToString());
            return "another site";
        });
        await site._app.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
