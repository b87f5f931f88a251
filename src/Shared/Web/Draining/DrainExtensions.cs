using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ShopSession.Web.Draining;

internal static class DrainExtensions
{
    public static void AddDraining(this IServiceCollection services)
    {
        services.AddSingleton<Drain>();
        services.AddHostedService<DrainBeforeStop>();
        services.AddHealthChecks().AddCheck<DrainHealthCheck>(DrainHealthCheck.Name);
    }

    /// <summary>While draining every answer closes its connection, so that callers who do not probe (sibling services) let go of theirs.</summary>
    public static void UseDraining(this WebApplication app)
    {
        var drain = app.Services.GetRequiredService<Drain>();
        app.Use((context, next) =>
        {
            if (drain.IsDraining)
            {
                context.Response.Headers.Connection = "close";
                context.Response.Headers[Drain.DrainingHeader] = "true";
            }
            return next(context);
        });
    }
}
