using ShopSession.Cart.Orders;

namespace ShopSession.Cart.Api;

/// <summary>An order in a list.</summary>
internal record OrderSummaryResponse(Guid OrderId, string Number, string Status, DateTimeOffset CreatedAt, int Count, decimal Total, string Currency)
{
    public static OrderSummaryResponse Of(Order order) =>
        new(order.Id, order.Number, order.State.Word(), order.CreatedAt, order.Count, order.Total, Money.Currency);
}

/// <summary>An order with everything about it.</summary>
internal sealed record OrderResponse(
    Guid OrderId, string Number, string Status, DateTimeOffset CreatedAt, DateTimeOffset? HoldExpiresAt, string Email, AddressResponse Address, string Delivery,
    IReadOnlyList<OrderLineResponse> Items, int Count, decimal Subtotal, decimal Shipping, decimal Tax, decimal TaxRate, decimal Total, string Currency,
    string? Failure, bool Cancellable, string? CancelledBy, IReadOnlyList<OrderEventResponse> Events)
{
    public static OrderResponse Of(Order order) => new(
        order.Id, order.Number, order.State.Word(), order.CreatedAt, order.State < OrderState.Placed ? order.HoldExpiresAt : null, order.Email,
        new AddressResponse(order.Name, order.Line1, order.Line2, order.City, order.PostalCode, order.Country), order.Delivery,
        [.. order.Lines.OrderBy(line => line.Position).Select(line => new OrderLineResponse(line.ProductId, line.Name, line.UnitPrice, line.Quantity, line.LineTotal))],
        order.Count, order.Subtotal, order.Shipping, order.Tax, order.TaxRate / 10_000m, order.Total, Money.Currency, order.Failure,
        order.State.IsCancellable() && !order.Unfinished, order.CancelledBy,
        [.. order.Events.OrderBy(entry => entry.Position).Select(entry => new OrderEventResponse(entry.At, entry.Status))]);
}

internal sealed record AddressResponse(string Name, string Line1, string? Line2, string City, string PostalCode, string Country);

internal sealed record OrderLineResponse(int ProductId, string Name, decimal UnitPrice, int Quantity, decimal LineTotal);

internal sealed record OrderEventResponse(DateTimeOffset At, string Status);

/// <summary>A page of a list.</summary>
internal sealed record PageResponse<T>(IReadOnlyList<T> Items, int Total, int Page, int PageSize);
