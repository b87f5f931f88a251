using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Cart.Orders;
using ShopSession.Cart.Tests.Hosting;
using ShopSession.Testing;

namespace ShopSession.Cart.Tests.Checkout;

/// <summary>Whatever point a checkout dies at, in the end there is one order or none, no hold is lost and the cart tells the truth.</summary>
public sealed class CheckoutCrashTests
{
    internal static readonly (string, string)[] Impatient =
    [
        ("Checkout:PaymentTimeout", "00:00:02.5"), ("Checkout:Lease", "00:00:03"), ("Checkout:PaymentGiveUp", "00:00:00"),
        ("Checkout:AbandonAfter", "00:00:00.5"), ("Checkout:RecoveryInterval", "00:00:00.1"),
    ];

    [Theory]
    [InlineData("before hold", false)]
    [InlineData("after hold", false)]
    [InlineData("before charge", false)]
    [InlineData("after charge", true)]
    [InlineData("before confirm", true)]
    [InlineData("after confirm", true)]
    [InlineData("before settle", true)]
    [InlineData("after settle", true)]
    public async Task Dying_at_any_step_ends_with_one_order_or_none(string point, bool ordered)
    {
        var plan = new CrashPlan(point);
        await using var shop = await Shop.OpenAsync(1, plan.Install, Impatient);
        var shopper = shop.Enter();
        (await shopper.AddAsync(1, 2)).Ok();
        (await shopper.CheckOutAsync("key-1")).Expect(500);
        Assert.True(plan.HasCrashed);
        await AssertTidyAsync(shop, shopper, ordered);
    }

    [Theory]
    [InlineData("before release")]
    [InlineData("after release")]
    public async Task Dying_while_stock_is_given_back_gives_it_back_later(string point)
    {
        var plan = new CrashPlan(point);
        await using var shop = await Shop.OpenAsync(1, plan.Install, Impatient);
        var shopper = shop.Enter();
        (await shopper.AddAsync(1, 2)).Ok();
        (await shopper.CheckOutAsync("key-1", CheckoutForm.Good("decline"))).Expect(500);
        await AssertTidyAsync(shop, shopper, ordered: false, CheckoutForm.Good("decline"), (402, "payment-declined"));
    }

    internal static async Task AssertTidyAsync(
        Shop shop, Shopper shopper, bool ordered, Dictionary<string, object?>? form = null, (int Status, string Type)? refusal = null)
    {
        // Looked up in the database: pressing the button again would be the shopper's way of finishing it.
        await Poll.UntilAsync(() => IsFinishedAsync(shop), TimeSpan.FromSeconds(40), "the order is finished", TestContext.Current.CancellationToken);
        Assert.Equal(0, shop.Catalog.Stock.OpenHolds);
        var placed = (await shopper.GetAsync("/api/orders")).Ok()["items"]!.AsArray().Count(order => (string)order!["status"]! == "placed");
        var cart = (int)(await shopper.CartAsync())["count"]!;
        if (ordered)
        {
            Assert.Equal((1, 2, 0), (placed, shop.Catalog.Stock.Sold(1), cart));
            (await shopper.CheckOutAsync("key-1", form)).Expect(201);
            (await shopper.CheckOutAsync("key-2", form)).ExpectProblem(409, "cart-empty");
            return;
        }
        Assert.Equal((0, 0, 2), (placed, shop.Catalog.Stock.Sold(1), cart));
        (await shopper.CheckOutAsync("key-1", form)).Expect(refusal?.Status ?? 409);
        (await shopper.CheckOutAsync("key-2")).Expect(201);
        Assert.Equal(2, shop.Catalog.Stock.Sold(1));
    }

    private static async Task<bool> IsFinishedAsync(Shop shop)
    {
        await using var database = await shop.Hosts[0].Services.GetRequiredService<IDbContextFactory<CartDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return !await database.Orders.AnyAsync(order => order.Unfinished, TestContext.Current.CancellationToken);
    }
}
