using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ShopSession.Sessions.Diagnostics;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Transports;

namespace ShopSession.Sessions.Http;

/// <summary>What every request's session works with; one instance per process.</summary>
internal sealed class SharedSessionServices(
    ISessionStore store,
    SessionCookie cookie,
    CookieBudget budget,
    SessionMetrics metrics,
    SessionTracing tracing,
    SessionReporter report,
    StoreRoundTrips roundTrips,
    IOptions<SharedSessionOptions> options,
    ILogger<SharedSession> logger)
{
    public ISessionStore Store { get; } = new ObservedSessionStore(store, metrics, tracing);

    public CookieBudget Budget => budget;

    public SessionReporter Report => report;

    public StoreRoundTrips RoundTrips => roundTrips;

    public SessionCookie Cookie => cookie;

    public SessionMetrics Metrics => metrics;

    public SharedSessionOptions Options { get; } = options.Value;

    public ILogger Logger => logger;
}
