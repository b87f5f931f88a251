using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using ShopSession.Sessions;
using ShopSession.Sessions.Database;
using ShopSession.Sessions.Events;
using ShopSession.Sessions.Stores;
using ShopSession.Web.Antiforgery;
using ShopSession.Web.Assets;
using ShopSession.Web.CartSummary;
using ShopSession.Web.Clients;
using ShopSession.Web.Draining;
using ShopSession.Web.Errors;
using ShopSession.Web.Forwarding;
using ShopSession.Web.Health;
using ShopSession.Web.Lab;
using ShopSession.Web.Localization;
using ShopSession.Web.Origins;
using ShopSession.Web.Replicas;
using ShopSession.Web.Replicas.Presence;
using ShopSession.Web.Returns;
using ShopSession.Web.Security;
using ShopSession.Web.SessionApi;
using ShopSession.Web.Telemetry;

namespace ShopSession.Web;

/// <summary>What every service of the shop shares: set up with one call each for services, pipeline and endpoints.</summary>
public static class ShopServiceExtensions
{
    /// <summary>The largest request body that is read, in bytes, unless an endpoint says otherwise. More is answered with 413.</summary>
    public const int MaxRequestBytes = 256 * 1024;

    // The lowest layer of the configuration: any setting of the operator's own wins.
    private static readonly Dictionary<string, string?> QuietLogs = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        // Says at each start that the key ring stands unencrypted in the store. So it does, like the rest of the store: docs/operations.md tells how to guard it.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager"] = "Error",
    };

    /// <summary>Adds the shared services. <paramref name="service"/> is the service's name, for example <c>cart</c>.</summary>
    public static WebApplicationBuilder AddShopDefaults(this WebApplicationBuilder builder, string service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(service);
        var services = builder.Services;
        var replica = ReplicaName.From(builder.Configuration, service);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(replica);
        services.AddOptions<ShopOptions>().BindConfiguration(ShopOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ShopOptions>, ShopOptionsValidator>();
        services.AddSingleton<ShopUrls>();
        services.AddSingleton<ReturnUrls>();
        services.AddSingleton<LabSettings>();
        services.AddSingleton(new ShopAssetSource(typeof(ShopAssets).Assembly));
        services.AddSingleton<ShopAssets>();
        services.AddSingleton<ScriptTexts>();
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = QuietLogs });
        builder.AddTelemetryExport(replica.Service, replica.Replica);
        services.AddDraining();
        services.AddPresence();
        AddRequestHandling(builder);
        AddSecurity(builder);
        var pages = services.AddRazorPages();
        // What one page tells the next lies in the session, or in a cookie of its own where sessions hold nothing.
        if (builder.Configuration["Session:Strategy"] == SessionStrategies.Jwt) pages.AddCookieTempDataProvider();
        else pages.AddSessionStateTempDataProvider();
        builder.AddShopServiceClient("cart");
        services.TryAddSingleton<ICartSummary, RemoteCartSummary>();
        return builder;
    }

    /// <summary>
    /// Adds the shared middleware, in the order that the parts need: headers, language, errors, forwarding, hosts, routing, origin check, session,
    /// authentication, authorization, anti-forgery.
    /// </summary>
    public static WebApplication UseShopDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseSecurityHeaders();
        app.UseReplicaHeader();
        app.UseDraining();
        app.UseShopLocalization();
        app.UseSessionIdsInUrls();
        app.UseMiddleware<ErrorHandlingMiddleware>();
        app.UseMiddleware<TrustedForwardingMiddleware>();
        app.UseMiddleware<ShopHostsMiddleware>();
        app.UseMiddleware<InternalEndpointsMiddleware>();
        app.UseRouting();
        app.UseSiblingCors();
        app.UseMiddleware<OriginCheckMiddleware>();
        app.UseSharedSession();
        app.UseAntiforgery();
        return app;
    }

    /// <summary>Maps the shared endpoints: health, <c>GET /api/session</c>, static assets, Razor pages.</summary>
    public static WebApplication MapShopDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapShopHealth();
        app.MapSessionApi();
        app.MapSessionEvents();
        app.MapLab();
        app.MapLanguage();
        app.Services.GetRequiredService<ShopAssets>().Map(app);
        app.MapRazorPages();
        return app;
    }

    private static void AddRequestHandling(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ErrorPage>();
        services.AddSingleton<ProblemWriter>();
        services.Configure<MvcOptions>(options => options.Filters.Add<AntiforgeryProblemFilter>());
        // Bad input reaches the error handling as an exception that names the parameter, in every environment.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<RouteOptions>(options => options.LowercaseUrls = true);
        // Names and words of every script stay readable in the page; what is dangerous in HTML is escaped all the same.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.Configure<FormOptions>(options => options.ValueCountLimit = 256);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        });
    }

    private static void AddSecurity(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<GatewayKey>();
        services.AddSiblingCors();
        builder.AddSharedSession();
        builder.AddDatabaseSessions();
        services.AddSingleton<IConfigureOptions<SharedSessionOptions>, ConfigureShopSession>();
        services.AddAntiforgery();
        services.AddSingleton<IConfigureOptions<AntiforgeryOptions>, ConfigureSharedAntiforgery>();
    }
}
