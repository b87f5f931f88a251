using Microsoft.Extensions.Options;
using ShopSession.Gateway.Balancing;
using ShopSession.Gateway.Balancing.Affinity;
using ShopSession.Gateway.Compression;
using ShopSession.Gateway.Configuration;
using ShopSession.Gateway.Errors;
using ShopSession.Gateway.Failover;
using ShopSession.Gateway.Forwarding;
using ShopSession.Gateway.Guards;
using ShopSession.Gateway.Health;
using ShopSession.Gateway.Routing;
using ShopSession.Gateway.Telemetry;
using ShopSession.Web.Telemetry;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace ShopSession.Gateway;

/// <summary>
/// The one public port. A request passes the guards (header size, framing, host, path), is matched to a service by its Host, and is
/// forwarded to a replica chosen anew for each request; a replica that cannot be reached is left out and the request goes to another.
/// </summary>
internal static class GatewayApplication
{
    /// <exception cref="OptionsValidationException">A setting is wrong; <see cref="StartProblem"/> makes one message of it.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        Defaults.Add(builder.Configuration);
        configure?.Invoke(builder);
        builder.AddTelemetryExport("gateway", "gateway-1");
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(KestrelSetup.Configure);

        AddSettings(builder.Services);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<GatewayMetrics>();
        builder.Services.AddSingleton<ShopHosts>();
        builder.Services.AddSingleton<GatewayName>();
        builder.Services.AddSingleton<ErrorResponder>();
        builder.Services.AddTextCompression();
        AddProxy(builder.Services);

        var app = builder.Build();
        KestrelSetup.ListenOnShopPortUnlessTold(app);
        // Asked for here, so that a wrong setting is reported as itself and not as a failed proxy configuration.
        _ = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        _ = app.Services.GetRequiredService<ShopProxyConfig>();

        app.UseMiddleware<HeaderLimitMiddleware>();
        app.UseMiddleware<FramingMiddleware>();
        app.UseMiddleware<HostMiddleware>();
        app.UseMiddleware<PathMiddleware>();
        app.UseTextCompression();
        app.UseRouting();
        app.MapReverseProxy(pipeline =>
        {
            pipeline.UseMiddleware<FailoverMiddleware>();
            pipeline.UseLoadBalancing();
        });
        return app;
    }

    private static void AddSettings(IServiceCollection services)
    {
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateOnStart();
        services.AddOptions<ShopAddressOptions>().BindConfiguration(ShopAddressOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddSingleton<IValidateOptions<ShopAddressOptions>, ShopAddressOptionsValidator>();
    }

    private static void AddProxy(IServiceCollection services)
    {
        services.AddSingleton<ShopProxyConfig>();
        services.AddSingleton<IProxyConfigProvider>(provider => provider.GetRequiredService<ShopProxyConfig>());
        services.AddReverseProxy().AddTransforms(TrustedHeaders.Apply).AddTransforms(SessionAffinity.Apply);
        services.AddBalancingPolicies();
        services.AddSingleton<IAvailableDestinationsPolicy, PreferReadyPolicy>();
        services.AddSingleton<IForwarderHttpClientFactory, ReplicaClientFactory>();
        services.AddSingleton<ReplicaProbe>();
        services.AddSingleton<ReplicaMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<ReplicaMonitor>());
        services.AddSingleton<GatewayHealth>();
    }
}
