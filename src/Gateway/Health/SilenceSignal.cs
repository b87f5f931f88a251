namespace ShopSession.Gateway.Health;

/// <summary>As <see cref="ChangeSignal"/>, for those who want a cancellation token. Safe for concurrent use.</summary>
#pragma warning disable CA1001 // Requests hold the token of the source; without timer and wait handle there is nothing to free.
internal sealed class SilenceSignal
#pragma warning restore CA1001
{
    private CancellationTokenSource _next = new();

    public CancellationToken Next => Volatile.Read(ref _next).Token;

    public void Raise() => Interlocked.Exchange(ref _next, new CancellationTokenSource()).Cancel();
}
