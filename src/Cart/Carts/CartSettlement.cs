namespace ShopSession.Cart.Carts;

/// <summary>Takes the lines of a placed order out of the cart they came from, or out of the account's cart that it moved into meanwhile.</summary>
internal static class CartSettlement
{
    public static async Task SettleAsync(
        this ICartStore store, CartId cart, Guid order, IReadOnlyDictionary<ProductId, int> ordered, DateTimeOffset now, CancellationToken cancellationToken)
    {
        CartMove? move = null;
        await store.ChangeAsync(
            cart,
            CartOperation.New(),
            state =>
            {
                move = state.SettledOrders.ContainsKey(order) ? null : state.Moved;
                return move is null ? state.Settle(order, ordered, now) : state;
            },
            cancellationToken);
        if (move is not null) await store.ChangeAsync(move.Target, CartOperation.New(), state => state.Settle(order, ordered, now), cancellationToken);
    }
}
