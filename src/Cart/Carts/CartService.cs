using ShopSession.Cart.Catalog;

namespace ShopSession.Cart.Carts;

/// <summary>
/// Everything a shopper can do to the own cart. Refusals are <see cref="CartException"/>s, <see cref="UnknownProductException"/>,
/// <see cref="ProductUnavailableException"/> and <see cref="CatalogUnavailableException"/>; nothing was changed then.
/// </summary>
internal sealed class CartService(ICartStore store, ICatalog catalog, CurrentCart current, TimeProvider time)
{
    public async Task<CartState> ShowAsync(HttpContext context, CancellationToken cancellationToken) =>
        await current.FindAsync(context, cancellationToken) is { } cart
            && await store.ReadAsync(cart, cancellationToken) is { Moved: null } state ? state : CartState.Empty;

    /// <summary>Adds pieces. Additions commute: parallel ones from any number of tabs and devices all count.</summary>
    public async Task<CartState> AddAsync(
        HttpContext context, ProductId product, int quantity, string? operationKey, CancellationToken cancellationToken)
    {
        var memo = await OfferAsync(product, cancellationToken);
        var operation = operationKey is null ? CartOperation.New() : CartOperation.FromKey(operationKey, $"add {product} {quantity}");
        var cart = await current.FindOrMakeAsync(context, cancellationToken);
        return await ChangeAsync(cart, operation, state => state.Add(product, quantity, memo), cancellationToken);
    }

    /// <summary>Sets a line's quantity; 0 removes it. A line that is in the cart can be changed while the Catalog is silent.</summary>
    public async Task<CartState> SetAsync(
        HttpContext context, ProductId product, int quantity, long? version, CancellationToken cancellationToken)
    {
        if (quantity > 0) return await ChangeLineAsync(context, product, (state, memo) => state.Expect(version).Set(product, quantity, memo), cancellationToken);
        return await ChangeOwnAsync(context, state => state.Expect(version).RemoveIfThere(product), cancellationToken)
            ?? CartState.Empty.Expect(version);
    }

    /// <summary>Sets a line's quantity, if it is still the one that the shopper saw.</summary>
    public Task<CartState> SetSeenAsync(HttpContext context, ProductId product, int quantity, int seen, CancellationToken cancellationToken) =>
        ChangeLineAsync(context, product, (state, memo) => state.ExpectQuantity(product, seen).Set(product, quantity, memo), cancellationToken);

    /// <summary>One more or one fewer; commutes like <see cref="AddAsync"/>. The last one fewer removes the line.</summary>
    public Task<CartState> StepAsync(HttpContext context, ProductId product, int by, CancellationToken cancellationToken) =>
        ChangeLineAsync(context, product, (state, memo) => state.Step(product, by, memo), cancellationToken);

    public async Task<CartState> RemoveAsync(HttpContext context, ProductId product, long? version, CancellationToken cancellationToken) =>
        await ChangeOwnAsync(context, state => state.Expect(version).Remove(product), cancellationToken)
        ?? throw new CartLineMissingException(product);

    public async Task<CartState> ClearAsync(HttpContext context, long? version, CancellationToken cancellationToken) =>
        await ChangeOwnAsync(context, state => state.Expect(version).Clear(), cancellationToken) ?? CartState.Empty.Expect(version);

    public async Task<CartState> SaveAsync(HttpContext context, ProductId product, CancellationToken cancellationToken) =>
        await ChangeOwnAsync(context, state => state.Save(product), cancellationToken) ?? throw new CartLineMissingException(product);

    public async Task<CartState> RestoreAsync(HttpContext context, ProductId product, CancellationToken cancellationToken)
    {
        var memo = await OfferAsync(product, cancellationToken);
        return await ChangeOwnAsync(context, state => state.Restore(product, memo), cancellationToken)
            ?? throw new CartLineMissingException(product);
    }

    public async Task<CartState> ForgetAsync(HttpContext context, ProductId product, CancellationToken cancellationToken) =>
        await ChangeOwnAsync(context, state => state.Forget(product), cancellationToken) ?? throw new CartLineMissingException(product);

    public async Task<CartState> UndoMergeAsync(HttpContext context, string merge, CancellationToken cancellationToken) =>
        await ChangeOwnAsync(context, state => state.UndoMerge(merge), cancellationToken) ?? throw new CartMergeMissingException();

    public async Task<CartState> KeepMergeAsync(HttpContext context, string merge, CancellationToken cancellationToken) =>
        await ChangeOwnAsync(context, state => state.KeepMerge(merge), cancellationToken) ?? throw new CartMergeMissingException();

    // While the Catalog is silent, a line that is there keeps what was seen of it; a new one cannot be made.
    private async Task<CartState> ChangeLineAsync(
        HttpContext context, ProductId product, Func<CartState, ProductMemo, CartState> change, CancellationToken cancellationToken)
    {
        ProductMemo? memo = null;
        CatalogUnavailableException? silence = null;
        try
        {
            memo = await OfferAsync(product, cancellationToken);
        }
        catch (CatalogUnavailableException exception)
        {
            silence = exception;
        }
        var cart = await current.FindOrMakeAsync(context, cancellationToken);
        return await ChangeAsync(
            cart,
            CartOperation.New(),
            state => change(state, memo ?? state.Lines.GetValueOrDefault(product)?.Memo ?? throw silence!),
            cancellationToken);
    }

    private async Task<ProductMemo> OfferAsync(ProductId id, CancellationToken cancellationToken)
    {
        var product = (await catalog.FindAsync([id], cancellationToken)).GetValueOrDefault(id) ?? throw new UnknownProductException(id);
        return product.IsSold ? product.ToMemo(time.GetUtcNow()) : throw new ProductUnavailableException(product);
    }

    // Null: the visitor has no cart.
    private async Task<CartState?> ChangeOwnAsync(HttpContext context, Func<CartState, CartState> change, CancellationToken cancellationToken) =>
        await current.FindAsync(context, cancellationToken) is { } cart
            ? await ChangeAsync(cart, CartOperation.New(), change, cancellationToken)
            : null;

    private Task<CartState> ChangeAsync(
        CartId cart, CartOperation operation, Func<CartState, CartState> change, CancellationToken cancellationToken) =>
        store.ChangeAsync(cart, operation, state => state.Moved is { } move ? throw new CartMovedException(move) : change(state), cancellationToken);
}
