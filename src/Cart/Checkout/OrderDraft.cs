using ShopSession.Cart.Carts;
using ShopSession.Cart.Orders;
using ShopSession.Cart.Views;

namespace ShopSession.Cart.Checkout;

/// <summary>Makes the row of an order: what was agreed, before anything is done about it.</summary>
internal static class OrderDraft
{
    public static Order Make(
        CartId cart, OrderOwner owner, CheckoutDetails details, string key, string fingerprint, CartView view, OrderTotals totals,
        DateTimeOffset now, TimeSpan lease)
    {
        var id = Guid.NewGuid();
        return new Order
        {
            Id = id,
            Number = OrderNumber.Of(id),
            Owner = owner.Value,
            Account = owner.IsAccount ? owner.Value : null,
            IdempotencyKey = key,
            RequestHash = fingerprint,
            Cart = cart.Value,
            CartVersion = view.Version,
            OpenCart = cart.Value,
            Unfinished = true,
            State = OrderState.Draft,
            LeaseUntil = now + lease,
            NextAttemptAt = now,
            CreatedAt = now,
            Email = details.Email,
            EmailKey = EmailKey.Of(details.Email),
            Name = details.Name,
            Line1 = details.Line1,
            Line2 = details.Line2,
            City = details.City,
            PostalCode = details.PostalCode,
            Country = details.Country,
            Delivery = details.Delivery,
            Subtotal = totals.Subtotal,
            Shipping = totals.Shipping,
            Tax = totals.Tax,
            TaxRate = totals.TaxRate,
            Total = totals.Total,
            PaymentMethod = details.PaymentMethod,
            PaymentToken = details.PaymentToken,
            Lines = [.. view.Lines.Select((line, position) => Line(id, line, position))],
            Events = [new OrderEvent { OrderId = id, Position = 0, At = now, Status = OrderState.Draft.Word() }],
        };
    }

    private static OrderLine Line(Guid order, CartLineView line, int position) => new()
    {
        OrderId = order,
        ProductId = line.Product.Value,
        Position = position,
        Name = line.Name,
        Slug = line.Slug,
        ImageUrl = line.ImageUrl,
        UnitPrice = line.UnitPrice,
        Quantity = line.Quantity,
    };
}
