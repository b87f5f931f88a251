using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ShopSession.Sessions.Stores.Replicated;

/// <summary>Starts a link to every peer, one after the other until one has sent all its sessions; then this replica is ready.</summary>
internal sealed class PeerMesh(
    IServiceProvider services, PeerHub hub, ReplicationMetrics metrics, IOptions<SharedSessionOptions> options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<PeerMesh> logger) : BackgroundService
{
    private readonly ReplicationOptions _options = options.Value.Replication;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Strategy != SessionStrategies.Replicated) return;
        var store = services.GetRequiredService<ReplicatedSessionStore>();
        // Peers call back at once, so this replica must listen first.
        await UntilStartedAsync(stoppingToken);
        var links = _options.Peers.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(peer => new PeerLink(peer, store, hub, _options, metrics, time, logger)).ToArray();
        var running = new List<Task>(links.Length);
        var started = time.GetTimestamp();
        var isLate = false;
        foreach (var link in links)
        {
            running.Add(link.RunAsync(() => !store.HasJoined, stoppingToken));
            // In turn, so that the sessions are copied whole once. A peer that says nothing must not hold up the rest for ever.
            var left = _options.JoinTimeout - time.GetElapsedTime(started);
            if (isLate || left <= TimeSpan.Zero) continue;
            isLate = await Task.WhenAny(link.Settled, Task.Delay(left, time, stoppingToken)) != link.Settled;
        }

        stoppingToken.ThrowIfCancellationRequested();
        if (isLate && !store.HasJoined) ReplicationLog.JoinedAlone(logger, _options.JoinTimeout);
        store.Join();
        ReplicationLog.Joined(logger, store.State.Count, store.State.EndedCount);
        await Task.WhenAll(running);
    }

    private async Task UntilStartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
    }
}
