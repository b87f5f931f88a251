using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShopSession.Sessions;
using ShopSession.Web.Draining;

namespace ShopSession.Web.Health;

/// <summary><c>/health</c>: ready to serve (every registered check); <c>/alive</c>: the process answers.</summary>
internal static class HealthEndpoints
{
    public static void MapShopHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync }).DisableSharedSession();
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).DisableSharedSession();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var leaving = report.Entries.TryGetValue(DrainHealthCheck.Name, out var drain) && drain.Status == HealthStatus.Unhealthy;
        if (leaving) context.Response.Headers[Drain.DrainingHeader] = "true";
        context.RequestServices.GetRequiredService<Drain>().Answered(context, leaving);
        context.Response.ContentType = "application/json";
        // Names, states and the checks' own words; never an exception's.
        var checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { status = entry.Value.Status.ToString(), description = entry.Value.Description });
        return context.Response.WriteAsync(JsonSerializer.Serialize(new { status = report.Status.ToString(), checks }, JsonSerializerOptions.Web), context.RequestAborted);
    }
}
