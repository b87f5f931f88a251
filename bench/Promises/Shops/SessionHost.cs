using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ShopSession.Sessions;

namespace ShopSession.Promises.Bench.Shops;

/// <summary>
/// A small host of the session in this process, for what a service's process cannot be made to do: a wrong clock, or a start within milliseconds. Speaks like the services' lab endpoints.
/// </summary>
internal sealed class SessionHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SessionHost(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public IDataProtector Protector => _app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("promises");

    public static async Task<SessionHost> StartAsync(string redis, CancellationToken cancellationToken, TimeSpan? idle = null, TimeSpan skew = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:redis"] = redis });
        builder.Services.AddSingleton<TimeProvider>(new SkewedTime(skew));
        builder.AddSharedSession(options =>
        {
            options.Domain = "shop.localhost";
            options.IdleTimeout = idle ?? options.IdleTimeout;
        });
        var app = builder.Build();
        app.UseRouting();
        app.UseSharedSession();
        app.MapPost("/internal/lab/session/sign-in/{user}", async (string user, HttpContext context) =>
        {
            await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user), new Claim(ClaimTypes.Name, user)], "lab")));
            return Results.Text(context.GetSharedSession().Handle?.Value);
        });
        app.MapGet("/internal/lab/session/seen", (ClaimsPrincipal user) => Results.Text(user.Identity?.Name ?? "")).WithoutSliding();
        await app.StartAsync(cancellationToken);
        return new SessionHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class SkewedTime(TimeSpan skew) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + skew;
    }
}
