using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ShopSession.Cart.Tests.Hosting;

/// <summary>One replica of the cart service on a loopback port, with real Kestrel, plus addresses that stand in for the siblings.</summary>
public sealed class CartHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CartHost(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public IServiceProvider Services => _app.Services;

    public static async Task<CartHost> StartAsync(
        string redis, string catalog, string folder, string replica = "cart-1", Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "ShopSession.Cart" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:redis"] = redis,
            ["services:catalog:http:0"] = catalog,
            ["Shop:DataDirectory"] = folder,
            ["Shop:Replica"] = replica,
            ["urls"] = "http://127.0.0.1:0",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Logging.ClearProviders().AddFilter(null, LogLevel.Warning);
        if (Environment.GetEnvironmentVariable("CART_TEST_LOG") is not null) builder.Logging.AddSimpleConsole();
        var app = CartApplication.Build(builder, configure);
        app.MapPost("/test/sign-in/{user}", SignIn);
        app.MapPost("/test/sign-out", (HttpContext context) => context.SignOutAsync());
        app.MapPost("/test/remember/{what}", (string what, HttpContext context) => context.Session.SetString("remembered", what));
        await app.StartAsync();
        return new CartHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    // Further claims come as a query, such as ?role=admin&email_verified=true.
    private static Task SignIn(string user, HttpContext context) => context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, user), new Claim(ClaimTypes.Name, user), new Claim(ClaimTypes.Email, $"{user}@shop.localhost"),
            .. context.Request.Query.Select(pair => new Claim(pair.Key == "role" ? ClaimTypes.Role : pair.Key, pair.Value.ToString())),
        ],
        CookieAuthenticationDefaults.AuthenticationScheme)));
}
