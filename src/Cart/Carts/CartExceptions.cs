namespace ShopSession.Cart.Carts;

/// <summary>A change of a cart was refused; nothing was changed.</summary>
internal abstract class CartException(string message) : Exception(message);

/// <summary>The line would hold more than <see cref="CartLimits.MaxQuantity"/> pieces.</summary>
internal sealed class LineQuantityLimitException(ProductId product, int current, int wanted) : CartException(
    T[$"A line holds at most {CartLimits.MaxQuantity} pieces; this one has {current} and would have {wanted}."])
{
    public ProductId Product { get; } = product;

    public int Current { get; } = current;
}

/// <summary>The cart, or the list of saved products, would have too many lines.</summary>
internal sealed class LineCountLimitException(int limit) : CartException(
    T[$"There is room for {limit} different products. Remove one before adding another."])
{
    public int Limit { get; } = limit;
}

/// <summary>The cart changed since the caller last saw it.</summary>
internal sealed class CartVersionException(long expected, CartState current) : CartException(
    T[$"The cart changed meanwhile: you saw version {expected}, it is now at version {current.Version}."])
{
    public CartState Current { get; } = current;
}

/// <summary>The line's quantity changed since the caller last saw it.</summary>
internal sealed class LineChangedException(int seen, int current) : CartException(
    T[$"The quantity was changed elsewhere meanwhile: you saw {seen}, it is now {current}. Set it again if you still want to."]);

/// <summary>The cart has no such line.</summary>
internal sealed class CartLineMissingException(ProductId product) : CartException(T[$"Product {product} is not in the cart."]);

/// <summary>There is no such merge, or it was kept or undone already.</summary>
internal sealed class CartMergeMissingException() : CartException(T["There is nothing to undo: it was kept or undone already."]);

/// <summary>The guest cart went into an account while the request was on its way.</summary>
internal sealed class CartMovedException(CartMove move) : CartException(
    T["You signed in meanwhile and your cart moved into your account. Nothing was changed: repeat the request."])
{
    public CartMove Move { get; } = move;
}

/// <summary>Too many changes of one cart at the same moment.</summary>
internal sealed class CartBusyException() : CartException(T["The cart is being changed from many places at once. Nothing was changed: repeat the request."]);
