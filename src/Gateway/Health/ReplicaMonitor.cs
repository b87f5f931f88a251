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
    private readonly ConcurrentDictionary<DestinationState, SilenceSignal> _silences = [];

    /// <summary>Completes when a replica of the service changes its state. Take it before looking at the state.</summary>
    public Task NextChange(ClusterState service) => Changes(service).Next;

    /// <summary>
    /// Cancelled when the replica next leaves a probe unanswered while another one is ready: then a request that may be repeated need not wait for it any longer.
    /// </summary>
    public CancellationToken NextSilence(DestinationState replica) => Silence(replica).Next;

    /// <summary>A connection to the replica failed: it is left out from now on, and asked at once whether it is back.</summary>
    public void ReportUnreachable(ClusterState service, DestinationState replica)
    {
        Apply(service, replica, ProbeResult.Unreachable);
        if (_askNow.TryGetValue(replica, out var ask)) ask.Raise();
    }

    /// <summary>Ends the watch and says goodbye, so that replicas which stop after this gateway need not wait for its next probe.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(from service in proxy.GetClusters()
                           from replica in service.Destinations.Values
                           where replica.IsReachable()
                           select probe.LeaveAsync(replica.Model.Config.Address, cancellationToken));
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
                var result = await probe.AskAsync(replica.Model.Config.Address, cancellationToken);
                Apply(service, replica, result);
                if (result == ProbeResult.Silent && service.Destinations.Values.Any(other => other != replica && other.IsReady())) Silence(replica).Raise();
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
        var passive = result is ProbeResult.Unreachable or ProbeResult.Draining ? DestinationHealth.Unhealthy : DestinationHealth.Healthy;
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

    private SilenceSignal Silence(DestinationState replica) => _silences.GetOrAdd(replica, static _ => new SilenceSignal());

    private ChangeSignal Changes(ClusterState service) => _changes.GetOrAdd(service.ClusterId, static _ => new ChangeSignal());

    [LoggerMessage(1001, LogLevel.Information, "{Replica} is ready and gets requests")]
    private partial void LogReady(string replica);

    [LoggerMessage(1002, LogLevel.Warning, "{Replica} gets no more requests: {Result}")]
    private partial void LogOut(string replica, ProbeResult result);
}
