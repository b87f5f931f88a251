using ShopSession.Cart.Views;

namespace ShopSession.Cart.Api;

/// <summary>A cart in the JSON API.</summary>
internal sealed record CartResponse(
    long Version, IReadOnlyList<CartItemResponse> Items, int Count, decimal Total, string Currency, bool Verified,
    IReadOnlyList<CartItemResponse> Saved, IReadOnlyList<CartMergeResponse> Merges)
{
    public static CartResponse Of(CartView cart) => new(
        cart.Version, [.. cart.Lines.Select(CartItemResponse.Of)], cart.Count, cart.Total, Money.Currency, cart.Verified,
        [.. cart.Saved.Select(CartItemResponse.Of)], [.. cart.Merges.Select(merge => new CartMergeResponse(merge.Id, merge.Count, merge.Left, merge.At))]);
}

/// <summary>A line in the JSON API.</summary>
internal sealed record CartItemResponse(
    int ProductId, string Name, string? Slug, string? ImageUrl, decimal UnitPrice, decimal? SeenPrice, int Quantity, decimal LineTotal,
    int? Stock, IReadOnlyList<string> Problems)
{
    public static CartItemResponse Of(CartLineView line) => new(
        line.Product.Value, line.Name, line.Slug, line.ImageUrl, line.UnitPrice, line.SeenPrice, line.Quantity, line.LineTotal,
        line.Stock, line.Problems);
}

/// <summary>What was brought along at sign-in; <c>POST /api/cart/merges/{id}/undo</c> takes it out again, <c>/keep</c> hides the notice.</summary>
internal sealed record CartMergeResponse(string Id, int Count, int Left, DateTimeOffset At);
