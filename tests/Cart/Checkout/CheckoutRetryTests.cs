using ShopSession.Cart.Tests.Hosting;

namespace ShopSession.Cart.Tests.Checkout;

public sealed class CheckoutRetryTests
{
    [Fact]
    public async Task A_shopper_who_tries_again_after_a_failure_completes_the_order_with_the_same_key()
    {
        var plan = new CrashPlan("after hold");
        await using var shop = await Shop.OpenAsync(1, plan.Install, ("Checkout:PaymentTimeout", "00:00:05"), ("Checkout:Lease", "00:00:06"), ("Checkout:RecoveryInterval", "00:10:00"), ("Cart:Limits:OrdersPerSession", "1000000"));
        var shopper = shop.Enter();
        (await shopper.AddAsync(1, 2)).Ok();
        (await shopper.CheckOutAsync("key-1")).Expect(500);
        // While the dead process's lease runs the order counts as under way, also for a second tab.
        (await shopper.CheckOutAsync("key-1")).ExpectProblem(409, "checkout-in-progress");
        (await shopper.CheckOutAsync("key-2")).ExpectProblem(409, "checkout-in-progress");
        await Testing.Poll.UntilAsync(
            async () => (await shopper.CheckOutAsync("key-1")).Status == 201, TimeSpan.FromSeconds(40), "the same key completes it", TestContext.Current.CancellationToken);
        Assert.Equal(2, shop.Catalog.Stock.Sold(1));
        Assert.Equal(1, await shopper.OrdersAsync());
    }

    [Fact]
    public async Task A_catalog_that_is_back_lets_the_same_press_through()
    {
        await using var shop = await Shop.OpenAsync();
        var shopper = shop.Enter();
        (await shopper.AddAsync(1, 2)).Ok();
        // It answers for products and fails for the hold.
        shop.Catalog.Stock.At = step => step == "before hold" ? throw new InvalidOperationException("the catalog has a bad day") : Task.CompletedTask;
        (await shopper.CheckOutAsync("key-1")).ExpectProblem(503, "catalog-unavailable");
        shop.Catalog.Stock.At = _ => Task.CompletedTask;
        (await shopper.CheckOutAsync("key-1")).Expect(201);
        Assert.Equal(2, shop.Catalog.Stock.Sold(1));
    }

    [Fact]
    public async Task Another_tab_is_not_kept_waiting_by_an_order_that_nobody_works_on()
    {
        await using var shop = await Shop.OpenAsync();
        var shopper = shop.Enter();
        (await shopper.AddAsync(1, 2)).Ok();
        shop.Catalog.Stock.At = step => step == "after hold" ? throw new InvalidOperationException("the answer is lost") : Task.CompletedTask;
        (await shopper.CheckOutAsync("key-1")).ExpectProblem(503, "catalog-unavailable");
        shop.Catalog.Stock.At = _ => Task.CompletedTask;
        (await shopper.CheckOutAsync("key-2")).Expect(201);
        (await shopper.CheckOutAsync("key-1")).ExpectProblem(409, "checkout-interrupted");
        Assert.Equal((2, 0), (shop.Catalog.Stock.Sold(1), shop.Catalog.Stock.OpenHolds));
    }
}
