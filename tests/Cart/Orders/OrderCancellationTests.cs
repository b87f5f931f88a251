using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Cart.Orders;
using ShopSession.Cart.Payments;
using ShopSession.Cart.Tests.Checkout;
using ShopSession.Cart.Tests.Hosting;
using ShopSession.Testing;

namespace ShopSession.Cart.Tests.Orders;

/// <summary>A placed order is cancelled once or shipped once, never both; money and pieces go back once, whatever dies on the way.</summary>
public sealed class OrderCancellationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cancelled_order_is_refunded_and_its_pieces_go_back_on_the_shelf()
    {
        await using var shop = await Shop.OpenAsync(2);
        var shopper = shop.Enter();
        var order = await OrderAsync(shopper, 3);
        Assert.Equal(997, shop.Catalog.StockOf(1));

        var reply = (await shopper.PostAsync($"{order}/cancel")).Ok();
        Assert.Equal(("refunded", "customer", false), ((string)reply["status"]!, (string)reply["cancelledBy"]!, (bool)reply["cancellable"]!));
        Assert.Equal(["processing", "paid", "placed", "cancelled", "refunded"], reply["events"]!.AsArray().Select(entry => (string)entry!["status"]!));
        Assert.Equal((1000, 0), (shop.Catalog.StockOf(1), shop.Catalog.Stock.Sold(1)));
        Assert.Equal([TestPaymentState.Voided], await PaymentsAsync(shop));

        // Again, and the button of the checkout again: the same order, nothing twice.
        Assert.Equal(reply.ToJsonString(), (await shopper.PostAsync($"{order}/cancel")).Ok().ToJsonString());
        Assert.Equal("refunded", (string)(await shopper.CheckOutAsync("key")).Expect(201).Json["status"]!);
        Assert.Equal(1000, shop.Catalog.StockOf(1));
    }

    [Fact]
    public async Task Many_presses_on_two_replicas_cancel_once()
    {
        await using var shop = await Shop.OpenAsync(2);
        var shopper = shop.Enter();
        var order = await OrderAsync(shopper, 2);
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shopper.PostAsync($"{order}/cancel")));
        Assert.All(replies, reply => Assert.Contains((string)reply.Ok()["status"]!, (string[])["cancelled", "refunded"]));
        await UntilAsync(shop, shopper, order, "refunded");
        Assert.Equal(1000, shop.Catalog.StockOf(1));
        await using var database = await DatabaseAsync(shop);
        Assert.Equal(1, await database.OrderActions.CountAsync(Token));
    }

    [Fact]
    public async Task Of_cancelling_and_shipping_at_the_same_moment_exactly_one_happens()
    {
        await using var shop = await Shop.OpenAsync(2);
        var shoppers = Enumerable.Range(0, 20).Select(_ => shop.Enter()).ToArray();
        var orders = await Task.WhenAll(shoppers.Select(shopper => OrderAsync(shopper, 1)));
        foreach (var order in orders) Assert.True(await MoveAsync(shop, order, OrderState.Placed, OrderState.Packed));

        var races = await Task.WhenAll(orders.Select(async (order, i) =>
        {
            var shipping = i % 2 == 0 ? MoveAsync(shop, order, OrderState.Packed, OrderState.Shipped) : Task.FromResult(false);
            var cancelling = shoppers[i].PostAsync($"{order}/cancel");
            if (i % 2 != 0) shipping = MoveAsync(shop, order, OrderState.Packed, OrderState.Shipped);
            return (Shipped: await shipping, Cancelled: await cancelling);
        }));
        Assert.All(races, race => Assert.True(race.Shipped ? race.Cancelled.Status == 409 : race.Cancelled.Status == 200, race.Cancelled.Text));
        Assert.All(races.Where(race => race.Shipped), race => race.Cancelled.ExpectProblem(409, "order-not-cancellable"));
        var shipped = races.Count(race => race.Shipped);
        await Poll.UntilAsync(() => shop.Catalog.StockOf(1) == 1000 - shipped, TimeSpan.FromSeconds(30), "the pieces of the cancelled orders are back", Token);
        Assert.Equal(shipped, shop.Catalog.Stock.Sold(1));
    }

    [Theory]
    [InlineData("before refund")]
    [InlineData("after refund")]
    [InlineData("before return")]
    [InlineData("after return")]
    public async Task Dying_at_any_step_of_cancelling_still_gives_money_and_pieces_back_once(string point)
    {
        var plan = new CrashPlan(point);
        await using var shop = await Shop.OpenAsync(1, plan.Install, CheckoutCrashTests.Impatient);
        var shopper = shop.Enter();
        var order = await OrderAsync(shopper, 2);
        (await shopper.PostAsync($"{order}/cancel")).Expect(500);
        Assert.True(plan.HasCrashed);
        await UntilAsync(shop, shopper, order, "refunded");
        await Poll.UntilAsync(() => shop.Catalog.StockOf(1) == 1000, TimeSpan.FromSeconds(40), "the pieces are back", Token);
        Assert.Equal([TestPaymentState.Voided], await PaymentsAsync(shop));
    }

    [Fact]
    public async Task While_the_catalog_is_silent_the_money_goes_back_and_the_pieces_follow()
    {
        await using var shop = await Shop.OpenAsync(1, null, CheckoutCrashTests.Impatient);
        var shopper = shop.Enter();
        var order = await OrderAsync(shopper, 2);
        shop.Catalog.Fail();
        Assert.Equal("refunded", (string)(await shopper.PostAsync($"{order}/cancel")).Ok()["status"]!);
        shop.Catalog.Fail(false);
        await Poll.UntilAsync(() => shop.Catalog.StockOf(1) == 1000, TimeSpan.FromSeconds(40), "the pieces are back", Token);
    }

    [Fact]
    public async Task Too_early_too_late_and_by_a_stranger_it_is_refused()
    {
        await using var shop = await Shop.OpenAsync(1);
        var shopper = shop.Enter();
        var order = await OrderAsync(shopper, 1);
        (await shop.Enter().PostAsync($"{order}/cancel")).ExpectProblem(404, "order-not-found");
        (await shopper.PostAsync("/api/orders/1/cancel")).ExpectProblem(404, "order-not-found");

        Assert.True(await MoveAsync(shop, order, OrderState.Placed, OrderState.Packed));
        Assert.True(await MoveAsync(shop, order, OrderState.Packed, OrderState.Shipped));
        Assert.False(await MoveAsync(shop, order, OrderState.Packed, OrderState.Shipped));
        var refusal = (await shopper.PostAsync($"{order}/cancel")).ExpectProblem(409, "order-not-cancellable");
        Assert.Equal("shipped", (string)refusal.Json["status"]!);

        (await shopper.AddAsync(2)).Ok();
        var pending = (await shopper.CheckOutAsync("key-2", CheckoutForm.Good("unknown"))).Expect(202).Headers["Location"];
        (await shopper.PostAsync($"{pending}/cancel")).ExpectProblem(409, "order-not-cancellable");
    }

    [Fact]
    public async Task Ordering_again_puts_in_what_is_still_sold_and_names_the_rest()
    {
        await using var shop = await Shop.OpenAsync(1);
        var shopper = shop.Enter();
        (await shopper.AddAsync(2, 2)).Ok();
        (await shopper.AddAsync(3, 1)).Ok();
        var path = (await OrderAsync(shopper, 1)).Replace("/api", "", StringComparison.Ordinal);
        shop.Catalog.Remove(3);
        var page = await shopper.PageAsync(path);
        Assert.Equal("/", (await shopper.PressAsync(page.TestId("reorder"))).Expect(303).Headers["Location"]);
        Assert.Equal((3, 2), ((int)(await shopper.CartAsync())["count"]!, (await shopper.CartAsync())["items"]!.AsArray().Count));
        Assert.Contains("Product 3", (await shopper.PageAsync("/")).TestId("flash").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_cancels_without_scripts_and_says_what_became_of_it()
    {
        await using var shop = await Shop.OpenAsync(1);
        var shopper = shop.Enter();
        var path = (await OrderAsync(shopper, 1)).Replace("/api", "", StringComparison.Ordinal);
        var page = await shopper.PageAsync(path);
        Assert.Contains("Still to come: Packed", page.TestId("order-timeline").Words(), StringComparison.Ordinal);
        Assert.Equal(path, (await shopper.PressAsync(page.TestId("confirm-cancel"))).Expect(303).Headers["Location"]);
        page = await shopper.PageAsync(path);
        Assert.Equal("refunded", page.TestId("order-status")!.GetAttribute("data-status"));
        Assert.Null(page.TestId("confirm-cancel"));
    }

    private static async Task<string> OrderAsync(Shopper shopper, int quantity)
    {
        (await shopper.AddAsync(1, quantity)).Ok();
        return (await shopper.CheckOutAsync("key")).Expect(201).Headers["Location"];
    }

    private static Task<bool> MoveAsync(Shop shop, string order, OrderState from, OrderState to) => shop.Hosts[0].Services.GetRequiredService<OrderTransitions>()
        .TryAsync(Guid.Parse(order.Split('/')[^1]), from, to, new OrderActor(OrderActor.Shop, "shop:test", "Test"), null, Token);

    private static Task UntilAsync(Shop shop, Shopper shopper, string order, string status) => Poll.UntilAsync(
        async () => (string)(await shopper.GetAsync(order)).Ok()["status"]! == status, TimeSpan.FromSeconds(40), $"the order is {status}", Token);

    private static async Task<List<TestPaymentState>> PaymentsAsync(Shop shop)
    {
        await using var database = await DatabaseAsync(shop);
        return await database.TestPayments.Select(payment => payment.State).ToListAsync(Token);
    }

    private static Task<CartDbContext> DatabaseAsync(Shop shop) => shop.Hosts[0].Services.GetRequiredService<IDbContextFactory<CartDbContext>>().CreateDbContextAsync(Token);
}
