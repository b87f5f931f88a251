using System.Net.Http.Json;
using System.Security.Claims;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ShopSession.Catalog.Tests.Hosting;

/// <summary>One replica of the catalog behind real Kestrel. Replicas that are given the same folder share a database.</summary>
public sealed class CatalogHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });
    private readonly string? _ownFolder;

    private CatalogHost(WebApplication app, string? ownFolder)
    {
        _app = app;
        _ownFolder = ownFolder;
    }

    public IServiceProvider Services => _app.Services;

    public static async Task<CatalogHost> StartAsync(StoreFixture store, string? folder = null, Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings)
    {
        var own = folder is null ? Directory.CreateTempSubdirectory("shop-catalog-").FullName : null;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "ShopSession.Catalog" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:redis"] = await store.ConnectionStringAsync(),
            ["Shop:DataDirectory"] = folder ?? own,
            ["urls"] = "http://127.0.0.1:0",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Logging.ClearProviders();
        configure?.Invoke(builder.Services);
        var app = CatalogApplication.Build(builder);
        // Stands in for whatever starts a session: signing in, or a first thing in the cart.
        app.MapPost("/test/session", (HttpContext context) => context.Session.SetString("test", "1"));
        app.MapPost("/test/sign-in/{user}", (string user, string? role, HttpContext context) => context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, user), new Claim(ClaimTypes.Name, user), .. role is null ? Array.Empty<Claim>() : [new Claim(ClaimTypes.Role, role)]],
            CookieAuthenticationDefaults.AuthenticationScheme))));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new CatalogHost(app, own);
    }

    public async Task<Reply> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(new Uri(_app.Urls.Single()), path)) { Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body)) };
        request.Headers.Host = "catalog.shop.localhost:8080";
        foreach (var (name, value) in headers)
        {
            if (name == "Host") request.Headers.Host = value;
            else request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.ReadAsync(response);
    }

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public async Task<IHtmlDocument> PageAsync(string path, int status = 200, params (string Name, string Value)[] headers)
    {
        var reply = await GetAsync(path, [("Accept", "text/html"), .. headers]);
        Assert.True(reply.Status == status, $"Expected {status}, got {reply.Status}: {reply.Text[..Math.Min(reply.Text.Length, 500)]}");
        Assert.Equal("text/html", reply.ContentType);
        return new HtmlParser().ParseDocument(reply.Text);
    }

    public async Task<int> StockAsync(int product) => (int)(await GetAsync($"/api/products/{product}")).Json["stock"]!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownFolder is null) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_ownFolder, recursive: true);
    }
}
