using System.Diagnostics.Metrics;
using ShopSession.Gateway.Health;

namespace ShopSession.Gateway.Telemetry;

/// <summary>What the gateway counts, beside what ASP.NET Core and YARP count themselves.</summary>
internal sealed class GatewayMetrics
{
    public const string MeterName = "ShopSession.Gateway";

    private readonly Counter<long> _retries;
    private readonly Counter<long> _ejections;
    private readonly Counter<long> _admissions;
    private readonly Counter<long> _refusals;
    private readonly Histogram<double> _waits;
    private readonly TimeProvider _time;

    public GatewayMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(MeterName);
        _retries = meter.CreateCounter<long>("shop.gateway.retries", "{request}", "Requests sent to another replica because one was gone.");
        _ejections = meter.CreateCounter<long>("shop.gateway.ejections", "{replica}", "Replicas that were left out.");
        _admissions = meter.CreateCounter<long>("shop.gateway.admissions", "{replica}", "Replicas that became ready.");
        _refusals = meter.CreateCounter<long>("shop.gateway.refusals", "{request}", "Requests that the gateway answered itself.");
        _waits = meter.CreateHistogram<double>("shop.gateway.wait.duration", "s", "How long requests waited for a replica to come back.");
    }

    public void Retried(string service, string reason) => _retries.Add(1, new("service", service), new("reason", reason));

    public void Ejected(string service, string replica, ProbeResult reason) =>
        _ejections.Add(1, new("service", service), new("replica", replica), new("reason", reason switch
        {
            ProbeResult.Unreachable => "unreachable",
            ProbeResult.Silent => "silent",
            ProbeResult.Draining => "draining",
            _ => "not-ready",
        }));

    public void Admitted(string service, string replica) => _admissions.Add(1, new("service", service), new("replica", replica));

    public void Refused(string type) => _refusals.Add(1, new KeyValuePair<string, object?>("type", type));

    /// <summary>Measures a wait until the result is disposed.</summary>
    public Wait Waiting(string service) => new(this, service, _time.GetTimestamp());

    public readonly struct Wait(GatewayMetrics metrics, string service, long start) : IDisposable
    {
        public void Dispose() => metrics._waits.Record(metrics._time.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>("service", service));
    }
}
