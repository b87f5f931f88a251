using ShopSession.Cart.Carts;
using ShopSession.Cart.Checkout;
using ShopSession.Cart.Limits;
using ShopSession.Cart.Orders;
using ShopSession.Cart.Views;
using ShopSession.Web.Addresses;

namespace ShopSession.Cart.Api;

/// <summary>The JSON API of checkout and orders.</summary>
internal static class CheckoutEndpoints
{
    private const int MaxBytes = 16 * 1024;

    public static void MapCheckoutApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").AddEndpointFilter<CartProblemFilter>().WithRequestLimit(MaxBytes);
        api.MapPost("/checkout", PlaceAsync).WithMetadata(new LimitedAttribute(LimitedRequest.Order));
        api.MapGet("/checkout/totals", TotalsAsync);
        api.MapOrders();
    }

    /// <summary>201 for an order, 202 while its payment or stock is still to be confirmed.</summary>
    private static async Task<IResult> PlaceAsync(CheckoutRequest request, HttpContext context, CheckoutService checkout, CancellationToken cancellationToken)
    {
        var key = IdempotencyKey.Of(context.Request);
        var order = await checkout.PlaceAsync(context, request, key, cancellationToken);
        var location = $"/api/orders/{order.Id}";
        context.Response.Headers.CacheControl = "no-store";
        return order.State.WasPlaced()
            ? TypedResults.Created(location, OrderResponse.Of(order))
            : TypedResults.Accepted(location, OrderResponse.Of(order));
    }

    /// <summary>What the cart would cost delivered, to be sent back as <c>acceptedTotal</c>.</summary>
    private static async Task<IResult> TotalsAsync(
        string? country, string? delivery, HttpContext context, CartService carts, CartViews views, CancellationToken cancellationToken)
    {
        if (!Countries.TryFind(country?.ToUpperInvariant(), out var known)) throw new InvalidInputException("country", T["Name a country by its two letters (ISO 3166-1), such as DE."]);
        delivery ??= DeliveryOption.Standard;
        if (!DeliveryOption.All.Contains(delivery)) throw new InvalidInputException("delivery", T[$"Choose one of: {string.Join(", ", DeliveryOption.All)}."]);
        var cart = await views.ShowAsync(await carts.ShowAsync(context, cancellationToken), cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(TotalsResponse.Of(TotalsRules.Of(cart.Total, known.Code, delivery), cart.Version) with
        {
            Deliveries = DeliveryOption.All.ToDictionary(option => option, option => TotalsRules.Shipping(cart.Total, known.Code, option)),
        });
    }

    internal sealed record TotalsResponse(decimal Subtotal, decimal Shipping, decimal Tax, decimal TaxRate, decimal Total, string Currency, long CartVersion)
    {
        /// <summary>What each way of delivery would cost, when that was asked for.</summary>
        public IReadOnlyDictionary<string, decimal>? Deliveries { get; init; }

        public static TotalsResponse Of(OrderTotals totals, long version) =>
            new(totals.Subtotal, totals.Shipping, totals.Tax, totals.TaxRate / 10_000m, totals.Total, Money.Currency, version);
    }
}
