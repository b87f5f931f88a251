using ShopSession.Cart.Tests.Hosting;

namespace ShopSession.Cart.Tests.Checkout;

/// <summary>A checkout that is right, to be spoiled by the test.</summary>
internal static class CheckoutForm
{
    public static Dictionary<string, object?> Good(string token = "success") => new()
    {
        ["email"] = "ada@example.org",
        ["name"] = "Ada Lovelace",
        ["line1"] = "Hafenstraße 12",
        ["city"] = "Hamburg",
        ["postalCode"] = "20359",
        ["country"] = "DE",
        ["payment"] = new { method = "test", token },
    };

    public static Task<Reply> CheckOutAsync(this Shopper shopper, string key, Dictionary<string, object?>? form = null) =>
        shopper.PostAsync("/api/checkout", form ?? Good(), ("Idempotency-Key", key));

    public static Dictionary<string, object?> With(this Dictionary<string, object?> form, string field, object? value)
    {
        form[field] = value;
        return form;
    }

    public static async Task<int> OrdersAsync(this Shopper shopper) => (int)(await shopper.GetAsync("/api/orders")).Ok()["total"]!;
}
