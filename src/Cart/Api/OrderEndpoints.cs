using ShopSession.Cart.Checkout;
using ShopSession.Cart.Limits;
using ShopSession.Cart.Orders;

namespace ShopSession.Cart.Api;

/// <summary>The JSON API of orders.</summary>
internal static class OrderEndpoints
{
    private const int MaxNumber = 40;
    private const int MaxEmail = 254;

    public static void MapOrders(this IEndpointRouteBuilder api)
    {
        api.MapGet("/orders", ListAsync);
        api.MapGet("/orders/{id}", ShowAsync);
        api.MapPost("/orders/{id}/cancel", CancelAsync).WithMetadata(new LimitedAttribute(LimitedRequest.Order));
        api.MapPost("/orders/find", FindAsync).WithMetadata(new LimitedAttribute(LimitedRequest.OrderLookup));
    }

    private static async Task<PageResponse<OrderSummaryResponse>> ListAsync(
        string? page, string? pageSize, HttpContext context, OrderQueries orders, ArrivingOrders arriving, CancellationToken cancellationToken)
    {
        var number = CartInput.Range("page", page, 1, 1, 1_000_000);
        var size = CartInput.Range("pageSize", pageSize, 20, 1, OrderQueries.MaxPageSize);
        await arriving.TakeInAsync(context, cancellationToken);
        var (list, total) = await orders.ListAsync(await OrderViewer.OfAsync(context, cancellationToken), number, size, cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return new PageResponse<OrderSummaryResponse>([.. list.Select(OrderSummaryResponse.Of)], total, number, size);
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, OrderQueries orders, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        return await OwnAsync(id, context, orders, cancellationToken) is { } order ? TypedResults.Ok(OrderResponse.Of(order)) : CartProblems.OrderNotFound.AsResult();
    }

    /// <summary>200 with the order as it is now, also when it was cancelled before; 409 when it has left the house.</summary>
    private static async Task<IResult> CancelAsync(string id, HttpContext context, OrderQueries orders, OrderCancellation cancellation, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await OwnAsync(id, context, orders, cancellationToken) is not { } order) return CartProblems.OrderNotFound.AsResult();
        return TypedResults.Ok(OrderResponse.Of(await cancellation.CancelAsync(order.Id, OrderActor.Customer, note: null, cancellationToken)));
    }

    /// <summary>A guest's order by number and e-mail address; the session may then see it.</summary>
    private static async Task<IResult> FindAsync(FindOrderRequest request, HttpContext context, GuestOrders guests, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (number, email) = Check(request.Number, request.Email);
        if (await guests.FindAsync(number, email, cancellationToken) is not { } order) return CartProblems.GuestOrderNotFound.AsResult();
        FoundOrders.Add(context, order.Id);
        return TypedResults.Ok(OrderResponse.Of(order));
    }

    /// <exception cref="InvalidInputException">One of the two is missing or too long.</exception>
    internal static (string Number, string Email) Check(string? number, string? email)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(number) || number.Length > MaxNumber) errors["number"] = [T["Give the order's number as it stands in the confirmation, such as S0A1B2-C3D4E."]];
        if (string.IsNullOrWhiteSpace(email) || email.Length > MaxEmail) errors["email"] = [T["Give the e-mail address that the order was placed with."]];
        return errors.Count == 0 ? (number!, email!) : throw new InvalidInputException(Web.Errors.ShopProblems.Invalid(errors));
    }

    private static async Task<Order?> OwnAsync(string id, HttpContext context, OrderQueries orders, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var order) ? await orders.FindAsync(await OrderViewer.OfAsync(context, cancellationToken), order, cancellationToken) : null;

    internal sealed record FindOrderRequest(string? Number, string? Email);
}
