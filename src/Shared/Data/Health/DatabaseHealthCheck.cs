using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShopSession.Data;

/// <summary>Healthy when the database answers a query on its schema within the time limit of its registration (2 s).</summary>
internal sealed class DatabaseHealthCheck<TContext>(IDbContextFactory<TContext> contexts, ShopDatabase<TContext> database) : IHealthCheck
    where TContext : DbContext
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var version = await db.Database
                .SqlQuery<int>($"SELECT COALESCE(MAX(version), 0) AS \"Value\" FROM schema_versions WHERE owner = {database.Facts.Name}")
                .SingleAsync(cancellationToken);
            return version > 0
                ? HealthCheckResult.Healthy($"{database.Facts.Provider}, schema version {version}")
                : HealthCheckResult.Unhealthy("The schema has not been made.");
        }
        catch (Exception error) when (error is DbException or InvalidOperationException { InnerException: DbException } or TimeoutException)
        {
            // EF Core wraps transient failures of the provider in InvalidOperationException.
            return HealthCheckResult.Unhealthy($"{database.Facts.Provider} does not answer.", error);
        }
    }
}
