using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShopSession.Web.Draining;

/// <summary>Unhealthy from the moment that the replica was asked to stop.</summary>
internal sealed class DrainHealthCheck(Drain drain) : IHealthCheck
{
    public const string Name = "drain";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(drain.IsDraining ? HealthCheckResult.Unhealthy("stops soon; send nothing new") : HealthCheckResult.Healthy());
}
