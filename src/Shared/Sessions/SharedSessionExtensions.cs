using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ShopSession.Redis;
using ShopSession.Sessions.Authentication;
using ShopSession.Sessions.Configuration;
using ShopSession.Sessions.Diagnostics;
using ShopSession.Sessions.Events;
using ShopSession.Sessions.Http;
using ShopSession.Sessions.KeyRing;
using ShopSession.Sessions.Statistics;
using ShopSession.Sessions.StepUp;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Stores.Redis;
using ShopSession.Sessions.Transports;
using ShopSession.Sessions.Transports.Url;

namespace ShopSession.Sessions;

/// <summary>Sets the shared session up in an application.</summary>
public static class SharedSessionExtensions
{
    /// <summary>
    /// Adds session, cookie authentication and data protection on the shared store (connection string <c>redis</c>). Settings come from the configuration section
    /// <c>Session</c>; <paramref name="configure"/> has the last word. Wrong settings stop the start.
    /// </summary>
    public static IHostApplicationBuilder AddSharedSession(this IHostApplicationBuilder builder, Action<SharedSessionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<SharedSessionOptions>().BindConfiguration(SharedSessionOptions.Section).ValidateOnStart();
        if (configure is not null) options.PostConfigure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SharedSessionOptions>, SharedSessionOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);

        services.AddRedisClient();
        services.AddOptions<RedisClientOptions>().Configure<IOptions<SharedSessionOptions>>(static (redis, session) =>
        {
            if (session.Value.NearCache) RedisSessionStore.KeepNear(redis.NearCache, session.Value);
        });
        services.AddKeyRing();
        services.AddSingleton<RedisSessionStore>();
        services.AddSessionStores();
        services.AddSingleton<SessionTotals>();
        services.AddSingleton<SessionsInUse>();
        services.AddSingleton<UseClaims>();
        services.AddSingleton<ISessionStatistics, SessionStatisticsReader>();
        services.AddSingleton<SessionMetrics>();
        services.AddSingleton<SessionTracing>();
        services.AddSingleton<SessionReporter>();
        services.AddSingleton<StoreRoundTrips>();
        services.AddSingleton<RevocationDelay>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<CookieBudget>();
        services.AddSingleton<SharedSessionServices>();
        services.AddSingleton<SessionEndings>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionEndings>());
        services.AddSingleton<SessionEventsEndpoint>();

        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CookieAuthenticationOptions>, ConfigureSessionAuthentication>());
        services.AddAuthorization();
        services.AddHttpContextAccessor();
        services.AddSingleton<IAuthorizationHandler, RecentSignInHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, StepUpResultHandler>();
        return builder;
    }

    /// <summary>
    /// Adds the session, authentication and authorization to the pipeline. Place it after error handling, forwarded headers and routing.
    /// </summary>
    public static IApplicationBuilder UseSharedSession(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseSessionStrategy();
        return app.UseMiddleware<SharedSessionMiddleware>().UseAuthentication().UseAuthorization();
    }

    /// <summary>
    /// Carries the session's id in the links of every page where <see cref="SharedSessionOptions.Transport"/> is <c>url</c>, which the lab alone allows; otherwise does nothing. Place it before
    /// error handling, so that error pages keep the session too.
    /// </summary>
    public static IApplicationBuilder UseSessionIdsInUrls(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.ApplicationServices.GetRequiredService<IOptions<SharedSessionOptions>>().Value.Transport == SessionTransports.Url ? app.UseMiddleware<UrlRewritingMiddleware>() : app;
    }

    /// <summary>The endpoints have no session: no store access is made for them, and <c>HttpContext.User</c> is anonymous.</summary>
    public static TBuilder DisableSharedSession<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(DisableSharedSessionMetadata.Instance);

    /// <summary>The endpoints look at the session without using it: its idle time runs on.</summary>
    public static TBuilder WithoutSliding<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new WithoutSlidingAttribute());

    /// <summary>The session of this request.</summary>
    /// <exception cref="InvalidOperationException"><see cref="AddSharedSession"/> or <see cref="UseSharedSession"/> was not called.</exception>
    public static ISharedSession GetSharedSession(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<ISharedSession>()
            ?? throw new InvalidOperationException("This request has no shared session: call builder.AddSharedSession(), and app.UseSharedSession() before what needs it.");
    }

    private static void AddKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().PersistKeysToRedis().DisableAutomaticKeyGeneration();
        services.AddOptions<DataProtectionOptions>().Configure<IOptions<SharedSessionOptions>>(
            (protection, session) => protection.ApplicationDiscriminator = session.Value.ApplicationName);
        services.AddSingleton<KeyRingSecret>();
        services.AddOptions<KeyManagementOptions>().Configure<KeyRingSecret>(static (keys, secret) =>
        {
            if (secret.IsSet) keys.XmlEncryptor = new KeyRingEncryptor(secret);
        });
        services.AddSingleton<XmlKeyManager>();
        services.AddSingleton(static provider => new SharedKeyManager(provider.GetRequiredService<XmlKeyManager>()));
        services.Replace(ServiceDescriptor.Singleton<IKeyManager>(static provider => provider.GetRequiredService<SharedKeyManager>()));
        services.AddSingleton<UserTagKey>();
        services.AddSingleton<DeviceProtector>();
        services.AddHostedService<KeyRingKeeper>();
        services.AddHealthChecks().AddCheck<SessionHealthCheck>("session", tags: ["ready"]);
    }
}
