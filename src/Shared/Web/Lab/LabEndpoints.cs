using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ShopSession.Sessions;

namespace ShopSession.Web.Lab;

/// <summary>
/// What benchmarks need to drive the session of a real service without a shop around it: signing in without a password, values that are written slowly, counters, changes of id, what a replica costs. There only with
/// <c>Session:Lab</c> and outside Production, and, like everything below <c>/internal</c>, only for who carries the gateway key.
/// </summary>
internal static partial class LabEndpoints
{
    public const string Prefix = "/internal/lab";

    public static void MapLab(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<SharedSessionOptions>>().Value.Lab || app.Environment.IsProduction()) return;
        LogOn(app.Logger, Prefix);
        var session = app.MapGroup($"{Prefix}/session");
        session.MapLabValues();
        session.MapLabLogins();
        session.MapPost("/counters/{name}", (string name, HttpContext context) => context.GetSharedSession().IncrementAsync($"lab.{name}", 1, context.RequestAborted).AsTask());
        app.MapGroup($"{Prefix}/keys").MapLabKeys();
        LabCosts.Map(app, Prefix);
    }

    /// <summary>Sealed by one replica, opened by another: whether both have the same data-protection key.</summary>
    private static void MapLabKeys(this RouteGroupBuilder keys)
    {
        keys.MapGet("/sealed", (string text, IDataProtectionProvider protection) => Results.Text(protection.CreateProtector("lab").Protect(text)));
        keys.MapGet("/opened", (string text, IDataProtectionProvider protection) => Results.Text(protection.CreateProtector("lab").Unprotect(text)));
        keys.DisableSharedSession();
    }

    [LoggerMessage(2301, LogLevel.Warning, "Session:Lab is on: who carries the gateway key can sign in as anybody at {Prefix}. For benchmarks only.")]
    private static partial void LogOn(ILogger logger, string prefix);
}
