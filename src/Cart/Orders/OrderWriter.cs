using Microsoft.EntityFrameworkCore;
using ShopSession.Data;

namespace ShopSession.Cart.Orders;

/// <summary>
/// Saves orders, so many at a time as the database can use. SQLite has one writer and its provider waits for it on the calling thread: a
/// rush of orders would block the thread pool, and with it everything else in the process. So the waiting is done here, off the threads.
/// </summary>
internal sealed class OrderWriter(ShopDatabase<CartDbContext> database) : IDisposable
{
    private const int ServerWriters = 32;
    private readonly SemaphoreSlim _places = new(database.Facts.Provider == DatabaseProvider.Sqlite ? 1 : ServerWriters);

    public void Dispose() => _places.Dispose();

    /// <inheritdoc cref="DbContext.SaveChangesAsync(CancellationToken)"/>
    public Task SaveAsync(CartDbContext context, CancellationToken cancellationToken) => RunAsync(() => context.SaveChangesAsync(cancellationToken), cancellationToken);

    /// <summary>Runs something else that writes, in its turn.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await write();
        }
        finally
        {
            _places.Release();
        }
    }
}
