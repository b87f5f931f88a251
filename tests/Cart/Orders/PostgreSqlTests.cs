using Microsoft.Extensions.DependencyInjection;
using ShopSession.Cart.Orders;
using ShopSession.Cart.Tests.Checkout;
using ShopSession.Cart.Tests.Hosting;
using ShopSession.Testing;

namespace ShopSession.Cart.Tests.Orders;

/// <summary>What happens to orders, on the other database: the conditional updates are other statements there.</summary>
public sealed class PostgreSqlTests
{
    [Fact]
    public async Task Orders_are_placed_raced_for_cancelled_found_attached_and_erased()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await PostgresServerProcess.StartAsync(token);
        await using var shop = await Shop.OpenAsync(2, null, ("ConnectionStrings:cartdb", server.ConnectionString("cart")));
        shop.Catalog.Set(1, product => product with { Stock = 10 });
        var shoppers = Enumerable.Range(0, 30).Select(_ => shop.Enter()).ToArray();
        await Task.WhenAll(shoppers.Select(async shopper => (await shopper.AddAsync(1)).Ok()));
        var replies = await Task.WhenAll(shoppers.Select((shopper, i) => shopper.CheckOutAsync("key", CheckoutForm.Good().With("email", i % 2 == 0 ? "ada@shop.localhost" : "bob@shop.localhost"))));
        var placed = Enumerable.Range(0, 30).Where(i => replies[i].Status == 201).ToArray();
        Assert.Equal(10, placed.Length);

        // Each is cancelled and packed at the same moment, and packed orders may be cancelled: all are, once.
        var transitions = shop.Hosts[1].Services.GetRequiredService<OrderTransitions>();
        var cancelled = await Task.WhenAll(placed.Take(5).Select(async i =>
        {
            var packing = transitions.TryAsync(IdOf(replies[i]), OrderState.Placed, OrderState.Packed, OrderActor.Customer, null, token);
            var reply = await shoppers[i].PostAsync($"/api/orders/{IdOf(replies[i])}/cancel");
            await packing;
            return reply;
        }));
        Assert.All(cancelled, reply => reply.Ok());
        await Poll.UntilAsync(() => shop.Catalog.StockOf(1) == 5, TimeSpan.FromSeconds(30), "the pieces are back", token);

        var last = replies[placed[^1]].Json;
        (await shop.Enter().PostAsync("/api/orders/find", new { number = (string)last["number"]!, email = (string)last["email"]! })).Ok();
        var (ada, bob) = (shop.Enter(), shop.Enter());
        await ada.SignInAsync("ada", "email_verified=true");
        await bob.SignInAsync("bob", "email_verified=true");
        Assert.Equal(10, await ada.OrdersAsync() + await bob.OrdersAsync());
        foreach (var user in (string[])["ada", "bob"]) (await shop.Enter().DeleteAsync($"/internal/users/{user}")).Expect(204);
        Assert.Equal((0, 0), (await ada.OrdersAsync(), await bob.OrdersAsync()));

        var admin = shop.Enter();
        await admin.SignInAsync("root", "role=admin");
        Assert.Equal(5, (await admin.PageAsync("/admin/orders?status=refunded")).QuerySelectorAll("[data-testid='admin-order-row']").Length);
    }

    private static Guid IdOf(Reply reply) => (Guid)reply.Json["orderId"]!;
}
