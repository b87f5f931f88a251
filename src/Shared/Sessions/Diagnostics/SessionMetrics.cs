using System.Diagnostics.Metrics;

namespace ShopSession.Sessions.Diagnostics;

/// <summary>The session's instruments, in the meter <c>ShopSession.Sessions</c>. Safe for concurrent use.</summary>
internal sealed class SessionMetrics
{
    public const string MeterName = "ShopSession.Sessions";

    private readonly Counter<long> _created;
    private readonly Counter<long> _signedIn;
    private readonly Counter<long> _rotated;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _storeFailures;

    public SessionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _created = meter.CreateCounter<long>("shopsession.sessions.created", "{session}", "Anonymous sessions begun.");
        _signedIn = meter.CreateCounter<long>("shopsession.sessions.signed_in", "{session}", "Sign-ins.");
        _rotated = meter.CreateCounter<long>("shopsession.sessions.rotated", "{session}", "Changes of id other than by sign-in.");
        _ended = meter.CreateCounter<long>("shopsession.sessions.ended", "{session}", "Sessions ended on purpose, by reason.");
        _rejected = meter.CreateCounter<long>("shopsession.ids.rejected", "{id}", "Presented ids, or writes under them, that were refused, by reason.");
        _storeFailures = meter.CreateCounter<long>("shopsession.store.failures", "{call}", "Reads that the store did not answer.");
    }

    public void Created() => _created.Add(1);

    public void SignedIn() => _signedIn.Add(1);

    public void Rotated() => _rotated.Add(1);

    public void Ended(string reason) => _ended.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Rejected(string reason, int count) => _rejected.Add(count, new KeyValuePair<string, object?>("reason", reason));

    public void StoreFailed() => _storeFailures.Add(1);
}
