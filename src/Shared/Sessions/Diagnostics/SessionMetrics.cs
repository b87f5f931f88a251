using System.Diagnostics;
using System.Diagnostics.Metrics;
using ShopSession.Redis;
using ShopSession.Sessions.Statistics;

namespace ShopSession.Sessions.Diagnostics;

/// <summary>The session's instruments, in the meter <c>ShopSession.Sessions</c>; docs/sessions.md lists them. Safe for concurrent use.</summary>
internal sealed class SessionMetrics
{
    public const string MeterName = "ShopSession.Sessions";

    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    private readonly SessionTotals _totals;
    private readonly Counter<long> _created;
    private readonly Counter<long> _signedIn;
    private readonly Counter<long> _rotated;
    private readonly Counter<long> _signedOut;
    private readonly Counter<long> _revoked;
    private readonly Counter<long> _expired;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _reads;
    private readonly Counter<long> _storeFailures;
    private readonly Histogram<double> _storeDuration;
    private readonly Histogram<int> _roundTrips;
    private readonly Histogram<double> _revocationDelay;
    private readonly Histogram<int> _cookieHeader;
    private readonly Counter<long> _cookieOverBudget;

    public SessionMetrics(IMeterFactory meters, IRedisNearCache nearCache, SessionTotals totals)
    {
        _totals = totals;
        var meter = meters.Create(MeterName);
        var seconds = new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds };
        meter.CreateObservableGauge(
            "shopsession.sessions.active", () => nearCache.Statistics.Entries, "{session}", "Sessions in use at this replica: those that its near cache holds.");
        _created = meter.CreateCounter<long>("shopsession.sessions.created", "{session}", "Anonymous sessions begun.");
        _signedIn = meter.CreateCounter<long>("shopsession.sessions.signed_in", "{session}", "Sign-ins, by whether the user was signed in before (step-up).");
        _rotated = meter.CreateCounter<long>("shopsession.sessions.rotated", "{session}", "Changes of id other than by sign-in.");
        _signedOut = meter.CreateCounter<long>("shopsession.sessions.signed_out", "{session}", "Sessions ended by their own sign-out.");
        _revoked = meter.CreateCounter<long>("shopsession.sessions.revoked", "{session}", "Sessions ended from elsewhere, by whom.");
        _expired = meter.CreateCounter<long>("shopsession.sessions.expired", "{session}", "Logins found to have ended by themselves, at the user's next sign-in or list.");
        _rejected = meter.CreateCounter<long>("shopsession.ids.rejected", "{id}", "Presented ids, or writes under them, that were refused, by reason.");
        _reads = meter.CreateCounter<long>("shopsession.sessions.reads", "{read}", "Reads of sessions, by where they were served from.");
        _storeFailures = meter.CreateCounter<long>("shopsession.store.failures", "{call}", "Calls that the store did not answer as it should, by operation.");
        _storeDuration = meter.CreateHistogram("shopsession.store.duration", "s", "Duration of calls of the store, by operation.", null, seconds);
        _roundTrips = meter.CreateHistogram(
            "shopsession.store.round_trips", "{round_trip}", "Round trips to the store per request.", null, new InstrumentAdvice<int> { HistogramBucketBoundaries = [0, 1, 2, 3, 4, 6, 8] });
        _revocationDelay = meter.CreateHistogram("shopsession.revocation.delay", "s", "From the end of a session, by the store's clock, to its being refused at this replica.", null, seconds);
        _cookieHeader = meter.CreateHistogram(
            "shopsession.cookies.header_size", "By", "Size of the Cookie header.", null, new InstrumentAdvice<int> { HistogramBucketBoundaries = [128, 256, 512, 1024, 2048, 4096, 8192, 16384] });
        _cookieOverBudget = meter.CreateCounter<long>("shopsession.cookies.over_budget", "{request}", "Requests whose Cookie header exceeded the budget.");
    }

    /// <summary>Whether somebody listens to the round trips per request.</summary>
    public bool MeasuresRoundTrips => _roundTrips.Enabled;

    public bool MeasuresRevocation => _revocationDelay.Enabled;

    public bool MeasuresDuration => _storeDuration.Enabled;

    public void Created()
    {
        _totals.Created();
        _created.Add(1);
    }

    public void SignedIn(bool isStepUp)
    {
        _totals.SignedIn();
        _signedIn.Add(1, new KeyValuePair<string, object?>("step_up", isStepUp));
    }

    public void Rotated()
    {
        _totals.Rotated();
        _rotated.Add(1);
    }

    public void SignedOut()
    {
        _totals.SignedOut();
        _signedOut.Add(1);
    }

    public void Revoked(string by)
    {
        _totals.Revoked();
        _revoked.Add(1, new KeyValuePair<string, object?>("by", by));
    }

    public void Expired(long count) => _expired.Add(count);

    public void Rejected(string reason, int count)
    {
        _totals.Rejected(count);
        _rejected.Add(count, new KeyValuePair<string, object?>("reason", reason));
    }

    public void Read(bool isNear) => _reads.Add(1, new KeyValuePair<string, object?>("source", isNear ? "near" : "store"));

    public void StoreFailed(string operation) => _storeFailures.Add(1, new KeyValuePair<string, object?>("operation", operation));

    public void StoreCalled(string operation, TimeSpan duration, bool failed)
    {
        var tags = new TagList { { "operation", operation } };
        if (failed) tags.Add("error.type", "unavailable");
        _storeDuration.Record(duration.TotalSeconds, tags);
    }

    public void RoundTrips(int count) => _roundTrips.Record(count);

    public void RevocationHeard(TimeSpan delay) => _revocationDelay.Record(Math.Max(0, delay.TotalSeconds));

    public void CookieHeader(int bytes) => _cookieHeader.Record(bytes);

    public void CookiesOverBudget() => _cookieOverBudget.Add(1);
}
