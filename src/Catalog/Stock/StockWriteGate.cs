using ShopSession.Data;

namespace ShopSession.Catalog.Stock;

/// <summary>
/// Lets one writer of this process at a time reach SQLite. The file takes one writer anyway; queueing here is fair and costs nothing,
/// while SQLite's own waiting blocks a thread and sleeps. PostgreSQL locks rows, so there everybody may pass.
/// </summary>
internal sealed class StockWriteGate : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public async ValueTask<IDisposable?> EnterAsync(DatabaseProvider provider, CancellationToken cancellationToken)
    {
        if (provider != DatabaseProvider.Sqlite) return null;
        await _one.WaitAsync(cancellationToken);
        return new Turn(_one);
    }

    public void Dispose() => _one.Dispose();

    private sealed class Turn(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
