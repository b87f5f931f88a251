using System.Net.Http.Headers;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ShopSession.Redis;
using ShopSession.Sessions;
using ShopSession.Web.Errors;

namespace ShopSession.Web.Tests.Hosting;

/// <summary>A service of the shop with the shared defaults and a few addresses to try them on, behind real Kestrel.</summary>
public sealed class ProbeService : IAsyncDisposable
{
    public const string Key = "a-key-that-only-the-gateway-knows";

    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });

    private ProbeService(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public IServiceProvider Services => _app.Services;

    public static async Task<ProbeService> StartAsync(StoreFixture store, string environment = "Development", string service = "probe", params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:redis"] = await store.ConnectionStringAsync(),
            ["urls"] = "http://127.0.0.1:0",
            ["Shop:GatewayKey"] = Key,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Logging.ClearProviders();
        builder.AddShopDefaults(service);
        // A test program is no web project: the library's pages have to be named.
        builder.Services.AddRazorPages().ConfigureApplicationPartManager(parts =>
        {
            var assembly = typeof(ShopUrls).Assembly;
            foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(assembly).GetApplicationParts(assembly)) parts.ApplicationParts.Add(part);
        });
        var app = builder.Build();
        app.UseShopDefaults();
        app.MapShopDefaults();
        MapProbes(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ProbeService(app);
    }

    /// <summary>Sends a request as the gateway would: with its key and the host that the browser asked for.</summary>
    public Task<Reply> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers) => SendAsync(method, path, null, headers);

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Url, path)) { Content = content };
        request.Headers.Host = "catalog.shop.localhost:8080";
        foreach (var (name, value) in headers)
        {
            if (name == "Host") request.Headers.Host = value;
            else request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.ReadAsync(response);
    }

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, headers);

    /// <summary>As SIGTERM does.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void MapProbes(WebApplication app)
    {
        app.MapGet("/probe", (HttpContext context) => new { scheme = context.Request.Scheme, host = context.Request.Host.Value, address = context.Connection.RemoteIpAddress?.ToString(), forwarded = context.Request.Headers["X-Forwarded-For"].ToString(), key = context.Request.Headers["X-Shop-Gateway-Key"].ToString() });
        app.MapPost("/api/probe", (Body body) => body);
        app.MapGet("/api/number", (int number) => number);
        app.MapGet("/internal/probe", () => "inside");
        app.MapGet("/token", (IAntiforgery antiforgery, HttpContext context) => antiforgery.GetAndStoreTokens(context).RequestToken);
        app.MapPost("/form", ([FromForm] string word) => word);
        app.MapGet("/fail/{how}", IResult (string how) => throw (how switch
        {
            "store" => new SessionStoreUnavailableException("secret detail"),
            "redis" => new RedisUnavailableException("secret detail"),
            "unknown" => new RedisOutcomeUnknownException("secret detail"),
            "ended" => new SessionEndedException("secret detail"),
            "limit" => new SessionLimitReachedException("secret detail"),
            "sibling" => new HttpRequestException("secret detail"),
            "wrapped" => new InvalidOperationException("secret detail", new SessionStoreUnavailableException("secret detail")),
            _ => new InvalidOperationException("secret detail"),
        }));
        app.MapGet("/status/{code:int}", (int code) => Results.StatusCode(code));
        app.MapGet("/invalid", () => ShopProblems.Invalid("quantity", "Give <1> to 20.").AsResult());
    }

    public sealed record Body(int Number, string? Word);
}

/// <summary>An answer, read to its end.</summary>
public sealed record Reply(int Status, string Text, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    public System.Text.Json.Nodes.JsonNode Json => System.Text.Json.Nodes.JsonNode.Parse(Text)!;

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>The end of the problem's type, after checking that it is a problem document of that status.</summary>
    public string Problem(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Text[..Math.Min(Text.Length, 500)]}");
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(status, (int)Json["status"]!);
        Assert.DoesNotContain("secret detail", Text, StringComparison.Ordinal);
        var type = (string)Json["type"]!;
        Assert.StartsWith("https://shop.localhost/problems/", type, StringComparison.Ordinal);
        return type.Split('/')[^1];
    }

    public static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), (response.Content.Headers.ContentType as MediaTypeHeaderValue)?.MediaType, headers);
    }
}
