using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ShopSession.Sessions.Database.Model;

namespace ShopSession.Sessions.Database.Store;

/// <summary>Runs steps on the database and turns its failures into the one exception that callers of a session store know.</summary>
internal sealed class DatabaseCalls(IDbContextFactory<SessionDbContext> contexts, DatabaseClock clock)
{
    public async ValueTask<T> RunAsync<T>(Func<SessionDbContext, Task<T>> step, CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await clock.SetAsync(context, cancellationToken).ConfigureAwait(false);
            return await step(context).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException or TimeoutException or InvalidOperationException { InnerException: DbException })
        {
            // EF Core wraps transient failures of the provider in InvalidOperationException.
            throw new SessionStoreUnavailableException($"The session database did not answer as it should: {exception.Message}", exception);
        }
    }

    /// <summary>As <see cref="RunAsync"/>, all or nothing. An exception of the step undoes what it did.</summary>
    public ValueTask<T> TransactAsync<T>(Func<SessionDbContext, Task<T>> step, CancellationToken cancellationToken) => RunAsync(
        async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            var result = await step(context).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        },
        cancellationToken);
}
