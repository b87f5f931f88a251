using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ShopSession.Gateway.Configuration;
using ShopSession.Gateway.Telemetry;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace ShopSession.Gateway.Health;

/// <summary>
/// Knows which replicas can be used. A replica is out at the first failed connection (<see cref="ReportUnreachable"/>) and back as soon
/// as a probe succeeds; one that says it is not ready gets no new requests. Safe for concurrent use.
/// </summary>
internal sealed partial class ReplicaMonitor(
    IProxyStateLookup proxy,
    IClusterDestinationsUpdater updater,
    ReplicaProbe probe,
    IOptions<GatewayOptions> options,
    GatewayMetrics metrics,
    TimeProvider time,
    ILogger<ReplicaMonitor> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<string, ChangeSignal> _changes = [];
    private readonly ConcurrentDictionary<DestinationState, ChangeSignal> _askNow = [];

    /// <summary>Completes when a replica of the service changes its state. Take it before looking at the state.</summary>
    public Task NextChange(ClusterState service) => Changes(service).Next;

    /// <summary>A connection to the replica failed: it is left out from now on, and asked at once whether it is back.</summary>
    public void ReportUnreachable(ClusterState service, DestinationState replica)
    {
        Apply(service, replica, ProbeResult.Unreachable);
        if (_askNow.TryGetValue(replica, out var ask)) ask.Raise();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(from service in proxy.GetClusters()
                     from replica in service.Destinations.Values
                     select WatchAsync(service, replica, stoppingToken));

    private async Task WatchAsync(ClusterState service, DestinationState replica, CancellationToken cancellationToken)
    {
        var ask = _askNow.GetOrAdd(replica, static _ => new ChangeSignal());
        while (!cancellationToken.IsCancellationRequested)
        {
            var askNow = ask.Next;
            try
            {
                Apply(service, replica, await probe.AskAsync(replica.Model.Config.Address, cancellationToken));
                var pause = replica.IsReady() ? options.Value.ProbeInterval : options.Value.ProbeIntervalWhenDown;
                await Task.WhenAny(askNow, Task.Delay(pause, time, cancellationToken));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void Apply(ClusterState service, DestinationState replica, ProbeResult result)
    {
        var health = replica.Health;
        var passive = result == ProbeResult.Unreachable ? DestinationHealth.Unhealthy : DestinationHealth.Healthy;
        var active = result == ProbeResult.Ready ? DestinationHealth.Healthy : DestinationHealth.Unhealthy;
        lock (health)
        {
            if (health.Passive == passive && health.Active == active) return;
            var wasReady = replica.IsReady();
            (health.Passive, health.Active) = (passive, active);
            updater.UpdateAvailableDestinations(service);
            Announce(service.ClusterId, replica.DestinationId, result, wasReady);
        }
        Changes(service).Raise();
    }

    private void Announce(string service, string replica, ProbeResult result, bool wasReady)
    {
        if (result == ProbeResult.Ready)
        {
            metrics.Admitted(service, replica);
            LogReady(replica);
        }
        else if (wasReady)
        {
            metrics.Ejected(service, replica, result);
            LogOut(replica, result);
        }
    }

    private ChangeSignal Changes(ClusterState service) => _changes.GetOrAdd(service.ClusterId, static _ => new ChangeSignal());

    [LoggerMessage(1001, LogLevel.Information, "{Replica} is ready and gets requests")]
    private partial void LogReady(string replica);

    [LoggerMessage(1002, LogLevel.Warning, "{Replica} gets no more requests: {Result}")]
    private partial void LogOut(string replica, ProbeResult result);
}
