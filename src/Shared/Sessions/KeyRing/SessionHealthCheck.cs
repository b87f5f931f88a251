using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShopSession.Sessions.Stores;

namespace ShopSession.Sessions.KeyRing;

/// <summary>Ready when the store answers and this replica opens what the others protected.</summary>
internal sealed class SessionHealthCheck(UserTagKey tagKey, ISessionStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await tagKey.VerifyAsync(cancellationToken);
            return store is IJoiningStore { NotReady: { } reason } ? HealthCheckResult.Unhealthy(reason) : HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is SessionStoreUnavailableException or KeyRingMismatchException)
        {
            return HealthCheckResult.Unhealthy(exception.Message, exception);
        }
    }
}
