using System.Diagnostics.Metrics;
using ShopSession.Sessions.Diagnostics;

namespace ShopSession.Sessions.Stores.Replicated;

/// <summary>What replication costs, in the meter of the sessions. Safe for concurrent use.</summary>
internal sealed class ReplicationMetrics
{
    private readonly Counter<long> _sent;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _received;
    private readonly Counter<long> _overflows;

    public ReplicationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(SessionMetrics.MeterName);
        _sent = meter.CreateCounter<long>("shopsession.replication.changes.sent", "{change}", "Changes sent to peers, copies included.");
        _bytes = meter.CreateCounter<long>("shopsession.replication.bytes.sent", "By", "Bytes of those changes.");
        _received = meter.CreateCounter<long>("shopsession.replication.changes.received", "{change}", "Changes received from peers.");
        _overflows = meter.CreateCounter<long>("shopsession.replication.overflows", "{peer}", "Peers cut off because they fell too far behind.");
    }

    public void Sent(int changes, int bytes)
    {
        _sent.Add(changes);
        _bytes.Add(bytes);
    }

    public void Received() => _received.Add(1);

    public void Overflowed() => _overflows.Add(1);
}
