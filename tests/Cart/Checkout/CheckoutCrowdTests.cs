using ShopSession.Cart.Tests.Hosting;
using ShopSession.Testing;

namespace ShopSession.Cart.Tests.Checkout;

/// <summary>A crowd takes the machine for itself for a while, and others would meet the time limits between services; so nothing else of this project runs meanwhile.</summary>
[CollectionDefinition(nameof(CheckoutCrowdTests), DisableParallelization = true)]
public sealed class CheckoutCrowdCollection;

[Collection(nameof(CheckoutCrowdTests))]
public sealed class CheckoutCrowdTests
{
    [Fact]
    public async Task Two_hundred_shoppers_at_once_for_ten_pieces_make_ten_orders()
    {
        await using var shop = await Shop.OpenAsync(2);
        shop.Catalog.Set(1, product => product with { Stock = 10 });
        var shoppers = Enumerable.Range(0, 200).Select(_ => shop.Enter()).ToArray();
        await Task.WhenAll(shoppers.Select(async shopper => (await PressAsync(() => shopper.AddAsync(1))).Ok()));
        var replies = await Task.WhenAll(shoppers.Select(shopper => PressAsync(() => shopper.CheckOutAsync("key"))));
        Assert.Equal(10, replies.Count(reply => reply.Status == 201));
        Assert.All(replies.Where(reply => reply.Status != 201), reply => reply.ExpectProblem(409, "insufficient-stock"));
        Assert.Equal(10, shop.Catalog.Stock.Sold(1));
        Assert.Equal(0, shop.Catalog.Stock.OpenHolds);
    }

    /// <summary>Presses until the shop can say yes or no. Where so many at once are too many for the time limits between services, it says that it cannot, and a shopper presses again.</summary>
    private static async Task<Reply> PressAsync(Func<Task<Reply>> press)
    {
        Reply? reply = null;
        await Poll.UntilAsync(
            async () => (reply = await press()) is not ({ Status: 503, Problem: "catalog-unavailable" } or { Status: 409, Problem: "checkout-in-progress" }),
            TimeSpan.FromMinutes(2), "a yes or no", TestContext.Current.CancellationToken);
        return reply!;
    }
}
