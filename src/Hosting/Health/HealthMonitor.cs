using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Health;

/// <summary>Watches the health of one replica while its process runs.</summary>
internal sealed class HealthMonitor(IResource resource, int replica, HealthCheckService? healthChecks, TimeProvider time)
{
    // While a system starts, each step waits for the health of the one before: ask often. Later a change is news, but no hurry.
    private static readonly TimeSpan WhileStarting = TimeSpan.FromMilliseconds(60), WhileUnhealthy = TimeSpan.FromMilliseconds(300),
        WhileHealthy = TimeSpan.FromSeconds(2), Limit = TimeSpan.FromSeconds(5);

    private readonly ReplicaProbeAnnotation[] _probes = [.. resource.Annotations.OfType<ReplicaProbeAnnotation>()];
    private readonly HashSet<string> _keys = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key)];

    /// <summary>Whether there is anything to check; without it, whatever runs is healthy.</summary>
    public bool HasChecks => _probes.Length > 0 || _keys.Count > 0;

    /// <summary>Checks until cancelled, and reports every result.</summary>
    public async Task RunAsync(Action<HealthStatus, string?> report, CancellationToken cancellationToken)
    {
        var everHealthy = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            var (status, reason) = await CheckAsync(cancellationToken);
            if (cancellationToken.IsCancellationRequested)
                return;
            everHealthy |= status == HealthStatus.Healthy;
            report(status, reason);
            await Task.Delay(status == HealthStatus.Healthy ? WhileHealthy : everHealthy ? WhileUnhealthy : WhileStarting, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(HealthStatus Status, string? Reason)> CheckAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            foreach (var probe in _probes)
                if (await probe.Probe(replica, limit.Token) is { } problem)
                    return (HealthStatus.Unhealthy, problem);
            return _keys.Count > 0 && healthChecks is not null ? await CheckKeysAsync(healthChecks, limit.Token) : (HealthStatus.Healthy, null);
        }
        catch (OperationCanceledException)
        {
            return (HealthStatus.Unhealthy, $"no answer within {Limit.TotalSeconds:0} s");
        }
    }

    private async Task<(HealthStatus Status, string? Reason)> CheckKeysAsync(HealthCheckService service, CancellationToken cancellationToken)
    {
        var report = await service.CheckHealthAsync(check => _keys.Contains(check.Name), cancellationToken);
        var worst = report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).Select(entry =>
            $"{entry.Key}: {entry.Value.Description ?? entry.Value.Exception?.Message ?? entry.Value.Status.ToString()}");
        return (report.Status, report.Status == HealthStatus.Healthy ? null : string.Join("; ", worst));
    }
}
