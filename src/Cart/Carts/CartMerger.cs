namespace ShopSession.Cart.Carts;

/// <summary>
/// Moves a guest cart into an account's cart, exactly once, however many requests and replicas try and wherever one of them dies.
/// The two carts may lie on different cluster nodes, so there is no transaction over both; the order of the steps stands in for it:
/// <list type="number">
/// <item>the guest cart is frozen for this account: from now on it cannot change, and no other account can have it;</item>
/// <item>the account's cart takes the quantities and, in the same transaction, the mark that it did: a repeat finds the mark;</item>
/// <item>the frozen cart is emptied and stays for a day as a tombstone that refuses late changes.</item>
/// </list>
/// </summary>
internal sealed partial class CartMerger(ICartStore store, TimeProvider time, ILogger<CartMerger> logger)
{
    /// <summary>Merges, or finds that it was done. Every step may be repeated.</summary>
    public async Task MergeAsync(CartId guest, CartId account, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var frozen = await store.ChangeAsync(guest, CartOperation.New(), cart => cart.Freeze(account, now), cancellationToken);
        if (frozen.Moved?.Target != account || (frozen.Lines.IsEmpty && frozen.Saved.IsEmpty)) return;

        var merge = MergeName(guest);
        var operation = CartOperation.New();
        var merged = await store.ChangeAsync(account, operation, cart => cart.Absorb(merge, frozen, now), cancellationToken);
        await store.ChangeAsync(guest, CartOperation.New(), cart => cart.Drain(), cancellationToken);
        if (merged.Operations is [.., var last] && last == operation.Id) LogMerged(merged.Merges[merge].Count, merged.Merges[merge].Left);
    }

    /// <summary>The public name of the merge of a guest cart.</summary>
    public static string MergeName(CartId guest) => guest.Digest("merge");

    [LoggerMessage(2010, LogLevel.Information, "A guest cart was merged at sign-in: {Items} items added, {Left} did not fit.")]
    private partial void LogMerged(int items, int left);
}
