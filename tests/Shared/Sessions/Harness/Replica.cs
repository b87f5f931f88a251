using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ShopSession.Sessions.Events;

namespace ShopSession.Sessions.Tests.Harness;

/// <summary>One replica of a small site on Kestrel, with endpoints that use the session through the framework's own doors.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Replica(WebApplication app) => _app = app;

    /// <summary>Where requests to <c>/gated-set</c> wait, by name.</summary>
    public ConcurrentDictionary<string, Gate> Gates { get; } = new();

    public Uri Address => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    public static async Task<Replica> StartAsync(
        string redis, Action<SharedSessionOptions>? configure = null, TimeProvider? time = null, Action<WebApplicationBuilder>? build = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:redis"] = redis });
        if (time is not null) builder.Services.AddSingleton(time);
        builder.Services.AddAntiforgery();
        builder.AddSharedSession(options =>
        {
            options.Domain = "shop.localhost";
            configure?.Invoke(options);
        });
        build?.Invoke(builder);
        var app = builder.Build();
        app.UseSessionIdsInUrls();
        app.UseRouting();
        app.UseSharedSession();
        var replica = new Replica(app);
        Map(app, replica);
        await app.StartAsync();
        return replica;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Map(WebApplication app, Replica replica)
    {
        app.MapGet("/plain", () => "plain");
        app.MapGet("/without", (HttpContext http) => http.User.Identity!.IsAuthenticated ? "in" : "out").DisableSharedSession();
        app.MapGet("/get/{key}", (HttpContext http, string key) => http.Session.GetString(key) ?? "");
        app.MapGet("/scribble/{key}", (HttpContext http, string key) =>
        {
            var bytes = http.Session.Get(key)!;
            bytes[0] = (byte)'X';
            return System.Text.Encoding.ASCII.GetString(bytes);
        });
        app.MapPost("/set/{key}/{value}", (HttpContext http, string key, string value) =>
        {
            http.Session.SetString(key, value);
            return "done";
        });
        app.MapPost("/remove/{key}", (HttpContext http, string key) => http.Session.Remove(key));
        app.MapPost("/count/{key}", async (HttpContext http, string key, int? by) => (await http.GetSharedSession().IncrementAsync(key, by ?? 1)).ToString(System.Globalization.CultureInfo.InvariantCulture));

        app.MapGet("/slow-me", async (HttpContext http, int hold) =>
        {
            await Task.Delay(hold, http.RequestAborted);
            return http.User.Identity?.Name ?? "";
        });

        // Reads, works for a while, writes: two of these overlap.
        app.MapPost("/slow-set/{key}/{value}", async (HttpContext http, string key, string value, int hold) =>
        {
            _ = http.Session.GetString(key);
            await Task.Delay(hold, http.RequestAborted);
            http.Session.SetString(key, value);
            return "done";
        });
        // Reads, then waits at its gate until the test lets it write.
        app.MapPost("/gated-set/{key}/{value}", async (HttpContext http, string key, string value, string gate) =>
        {
            _ = http.Session.GetString(key);
            var waiting = replica.Gates.GetOrAdd(gate, _ => new Gate());
            waiting.Reached.TrySetResult();
            await waiting.Opened.Task.WaitAsync(http.RequestAborted);
            http.Session.SetString(key, value);
            return "done";
        });
        app.MapPost("/login/{user}", async (HttpContext http, string user, bool? remember) =>
        {
            await http.SignInAsync(Principal(user), new AuthenticationProperties { IsPersistent = remember == true });
            return "in";
        });
        app.MapPost("/token/{user}", async (HttpContext http, string user) => await http.GetSharedSession().SignInForTokenAsync(Principal(user)));
        app.MapPost("/renew/{user}", async (HttpContext http, string user) => await http.SignInAsync(Principal(user), new AuthenticationProperties().SetSessionRenewal()));
        app.MapPost("/logout", async (HttpContext http) =>
        {
            await http.SignOutAsync();
            return "out";
        });
        app.MapPost("/rotate", async (HttpContext http) => await http.GetSharedSession().RotateAsync());
        app.MapPost("/end-others", async (HttpContext http) => await http.GetSharedSession().EndOthersAsync());
        app.MapGet("/me", (HttpContext http) => http.User.Identity?.Name ?? "");
        app.MapGet("/look", (HttpContext http) => http.User.Identity?.Name ?? "").WithoutSliding();
        app.MapGet("/page", (HttpContext http) => Results.Content(
            $"""<p>{http.User.Identity!.Name}</p><a href="/get/color?x=1&amp;y=2#top">in</a> <a href='http://elsewhere.example/'>out</a><form method="post"><button>go</button></form>""", "text/html; charset=utf-8"));
        app.MapPost("/login-then/{user}", async (HttpContext http, string user, string to) =>
        {
            await http.SignInAsync(Principal(user));
            return Results.Redirect(to);
        });
        app.MapGet("/strategy", (HttpContext http) => http.GetSharedSession().Strategy);
        app.MapGet("/fingerprint", (HttpContext http) => http.GetSharedSession().Fingerprint ?? "");
        app.MapGet("/members", (HttpContext http) => http.User.Identity!.Name!).RequireAuthorization();
        app.MapGet("/api/members", (HttpContext http) => http.User.Identity!.Name!).RequireAuthorization();
        app.MapGet("/sensitive", () => "ok").RequireAuthorization(policy => policy.RequireRecentSignIn(TimeSpan.FromSeconds(5)));
        app.MapGet("/api/sensitive", () => "ok").RequireAuthorization(policy => policy.RequireRecentSignIn(TimeSpan.FromSeconds(5)));
        app.MapSessionEvents();
        app.MapHealthChecks("/health").DisableSharedSession();
    }

    public sealed class Gate
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public static ClaimsPrincipal Principal(string user) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, $"id-{user}"), new Claim(ClaimTypes.Name, user), new Claim(ClaimTypes.Email, $"{user}@mail.example")],
        CookieAuthenticationDefaults.AuthenticationScheme));
}
