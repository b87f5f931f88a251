using ShopSession.Cart.Tests.Hosting;

namespace ShopSession.Cart.Tests.Checkout;

public sealed class CheckoutQueryTests(SharedShop shared) : IClassFixture<SharedShop>
{
    [Theory]
    [InlineData("/api/checkout/totals", "country")]
    [InlineData("/api/checkout/totals?country=ZZ", "country")]
    [InlineData("/api/checkout/totals?country=DE&delivery=drone", "delivery")]
    [InlineData("/api/orders?page=0", "page")]
    [InlineData("/api/orders?page=x", "page")]
    [InlineData("/api/orders?pageSize=51", "pageSize")]
    [InlineData("/api/orders?page=99999999999", "page")]
    public async Task Queries_that_make_no_sense_are_400(string path, string field) => (await shared.Shop.Enter().GetAsync(path)).ExpectProblem(400, "invalid-input", field);
}
