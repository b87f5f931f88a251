namespace ShopSession.Cart.Carts;

/// <summary>
/// Where carts are kept. A store that cannot be reached throws (<see cref="Redis.RedisException"/>): an empty cart is never shown as the truth.
/// Safe for concurrent use.
/// </summary>
internal interface ICartStore
{
    /// <summary>Reads a cart and refreshes its expiry; a missing one is <see cref="CartState.Empty"/>.</summary>
    Task<CartState> ReadAsync(CartId cart, CancellationToken cancellationToken);

    /// <summary>Reads only how many pieces the cart holds, and whether it moved into an account.</summary>
    Task<CartCount> CountAsync(CartId cart, CancellationToken cancellationToken);

    /// <summary>
    /// Applies <paramref name="change"/> to the current state and stores the result, unless the cart changed between: then it does so
    /// again. <paramref name="change"/> may be called several times and refuses by throwing a <see cref="CartException"/>.
    /// </summary>
    /// <param name="cart">The cart.</param>
    /// <param name="operation">Names the change. One that was applied lately is not applied again: the current state is returned.</param>
    /// <param name="change">From the current state to the wanted one; the same state means nothing is to be done.</param>
    /// <param name="cancellationToken">Cancels waiting; a change already sent may still be stored.</param>
    Task<CartState> ChangeAsync(CartId cart, CartOperation operation, Func<CartState, CartState> change, CancellationToken cancellationToken);

    /// <summary>Deletes a cart with all that is remembered about it. May be repeated.</summary>
    Task DeleteAsync(CartId cart, CancellationToken cancellationToken);
}

/// <summary>The header's number, and where the cart went if it is a tombstone.</summary>
internal readonly record struct CartCount(int Count, CartMove? Moved);
