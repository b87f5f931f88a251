using ShopSession.Cart.Carts;
using ShopSession.Cart.Catalog;
using ShopSession.Web.Errors;

namespace ShopSession.Cart.Api;

/// <summary>How refusals of the cart are told, by the JSON API and on the pages.</summary>
internal static class CartProblems
{
    public static ShopProblem OrderNotFound => new("order-not-found", 404, T["There is no such order"], T["You have no order of this number. A guest's order shows in the browser that placed it; an account's after signing in."]);

    /// <summary>Somebody else moved the order on, or the customer cancelled it.</summary>
    public static ShopProblem OrderChanged => new("order-changed", 409, T["The order changed meanwhile"], T["Somebody else was faster, or the customer cancelled. This is how it stands now."]);

    /// <summary>The same for a number that does not exist, another address and an account's order: nothing is to be learned from it.</summary>
    public static ShopProblem GuestOrderNotFound => new("order-not-found", 404, T["There is no such order"], T["No order placed without an account has this number and this e-mail address. Look into the confirmation; an account's orders show after signing in."]);

    /// <summary>Null when the exception is none of the cart's.</summary>
    public static ShopProblem? Of(Exception exception) => exception switch
    {
        LineQuantityLimitException limit => new ShopProblem("line-quantity-limit", 409, T["No more than 99 of one product"], limit.Message)
        {
            Errors = One("quantity", limit.Message),
            Extensions = new Dictionary<string, object?> { ["limit"] = CartLimits.MaxQuantity, ["current"] = limit.Current },
        },
        LineCountLimitException limit => new ShopProblem("cart-line-limit", 409, T["The cart is full"], limit.Message)
        {
            Errors = One("productId", limit.Message),
            Extensions = new Dictionary<string, object?> { ["limit"] = limit.Limit },
        },
        CartVersionException conflict => new ShopProblem("cart-changed", 409, T["The cart changed meanwhile"], conflict.Message),
        LineChangedException => new ShopProblem("cart-changed", 409, T["The cart changed meanwhile"], exception.Message),
        CartMovedException => new ShopProblem("cart-moved", 409, T["Your cart moved into your account"], exception.Message),
        CartLineMissingException => new ShopProblem("line-not-found", 404, T["That is not in the cart"], exception.Message),
        CartMergeMissingException => new ShopProblem("merge-not-found", 404, T["There is nothing to undo"], exception.Message),
        CartBusyException => new ShopProblem("cart-busy", 503, T["The cart is busy"], exception.Message) { RetryAfter = TimeSpan.FromSeconds(1) },
        UnknownProductException => new ShopProblem("product-not-found", 404, T["There is no such product"], exception.Message) { Errors = One("productId", exception.Message) },
        ProductUnavailableException => new ShopProblem("product-unavailable", 409, T["That is no longer sold"], exception.Message) { Errors = One("productId", exception.Message) },
        InvalidInputException invalid => invalid.Problem,
        CatalogUnavailableException => new ShopProblem(
            "catalog-unavailable", 503, T["Prices cannot be checked just now"],
            T["The catalog is not answering. Your cart is kept; please try again shortly."])
        {
            RetryAfter = TimeSpan.FromSeconds(2),
        },
        _ => CheckoutProblems.Of(exception),
    };

    private static Dictionary<string, string[]> One(string field, string message) => new() { [field] = [message] };
}
