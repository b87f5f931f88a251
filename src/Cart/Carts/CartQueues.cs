namespace ShopSession.Cart.Carts;

/// <summary>
/// Lets the changes of one cart in this process take turns. Carts share a fixed number of queues, so memory is bounded. Correctness does
/// not rest on it (other replicas compete all the same): it keeps many parallel changes from making one another retry.
/// </summary>
internal sealed class CartQueues
{
    private readonly SemaphoreSlim[] _queues = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];

    public async ValueTask<Turn> EnterAsync(CartId cart, CancellationToken cancellationToken)
    {
        var queue = _queues[(uint)cart.GetHashCode() % (uint)_queues.Length];
        await queue.WaitAsync(cancellationToken);
        return new Turn(queue);
    }

    internal readonly struct Turn(SemaphoreSlim queue) : IDisposable
    {
        public void Dispose() => queue.Release();
    }
}
