using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ShopSession.Sessions.Diagnostics;
using ShopSession.Sessions.Statistics;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Transports;

namespace ShopSession.Sessions.Http;

/// <summary>What every request's session works with; one instance per process.</summary>
internal sealed class SharedSessionServices(
    ISessionStore store,
    ISessionCarrier carrier,
    SessionCookie cookie,
    CookieBudget budget,
    SessionMetrics metrics,
    StoreObserver observer,
    SessionReporter report,
    StoreRoundTrips roundTrips,
    SessionTotals totals,
    SessionsInUse inUse,
    UseClaims useClaims,
    IOptions<SharedSessionOptions> options,
    ILogger<SharedSession> logger)
{
    public ISessionStore Store { get; } = new ObservedSessionStore(store, observer);

    public CookieBudget Budget => budget;

    public SessionReporter Report => report;

    public StoreRoundTrips RoundTrips => roundTrips;

    public SessionTotals Totals => totals;

    public SessionsInUse InUse => inUse;

    public UseClaims UseClaims => useClaims;

    public ISessionCarrier Carrier => carrier;

    public SessionCookie Cookie => cookie;

    /// <summary>Whether <c>HttpContext.Session</c> may hold anything.</summary>
    public bool CarriesData { get; } = !SessionStrategies.All.TryGetValue(store.Name, out var promises) || promises.CarriesData == Promise.Kept;

    public SessionMetrics Metrics => metrics;

    public SharedSessionOptions Options { get; } = options.Value;

    public ILogger Logger => logger;
}
