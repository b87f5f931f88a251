using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Cart.Orders;
using ShopSession.Cart.Tests.Checkout;
using ShopSession.Cart.Tests.Hosting;
using ShopSession.Testing;

namespace ShopSession.Cart.Tests.Api;

/// <summary>What auth asks for a user who wants their data, or wants to be forgotten.</summary>
public sealed class InternalUserTests : IAsyncLifetime
{
    private Shop _shop = null!;
    private Shopper _ada = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenAsync(1, null, ("Checkout:RecoveryInterval", "00:00:00.2"));
        _ada = _shop.Enter();
        await _ada.SignInAsync("ada");
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task The_export_has_the_orders_and_the_cart_of_that_user_only()
    {
        await OrderAsync(_ada, "key-1");
        (await _ada.AddAsync(7, 3)).Ok();
        var bob = _shop.Enter();
        await bob.SignInAsync("bob");
        await OrderAsync(bob, "key-1");

        var export = (await _shop.Enter().GetAsync("/internal/users/ada/export")).Ok();
        var order = Assert.Single(export["orders"]!.AsArray());
        Assert.Equal("Ada Lovelace", (string)order!["address"]!["name"]!);
        Assert.Equal(3, (int)export["cart"]!["count"]!);
        var nobody = (await _shop.Enter().GetAsync("/internal/users/nobody/export")).Ok();
        Assert.Empty(nobody["orders"]!.AsArray());
    }

    [Fact]
    public async Task Forgetting_a_user_erases_finished_orders_at_once_and_others_when_they_are_finished()
    {
        var done = await OrderAsync(_ada, "key-1");
        (await _ada.PostAsync($"/api/orders/{done}/cancel")).Ok();
        var underWay = await OrderAsync(_ada, "key-2");
        (await _ada.AddAsync(7, 3)).Ok();
        var eve = _shop.Enter();
        await eve.SignInAsync("eve");
        var others = await OrderAsync(eve, "key-1");

        for (var i = 0; i < 2; i++) (await _shop.Enter().DeleteAsync("/internal/users/ada")).Expect(204);
        Assert.Equal(0, (int)(await _ada.CartAsync())["count"]!);
        Assert.DoesNotContain((await _shop.Enter().GetAsync("/internal/users/ada/export")).Ok()["orders"]!.AsArray(), order => (Guid)order!["orderId"]! == done);
        Assert.Equal(("erased", "erased", "erased"), await PersonAsync(done));
        Assert.Equal("Ada Lovelace", (await PersonAsync(underWay)).Name);
        Assert.Equal("Ada Lovelace", (await PersonAsync(others)).Name);

        var transitions = _shop.Hosts[0].Services.GetRequiredService<OrderTransitions>();
        Assert.True(await transitions.TryAsync(underWay, OrderState.Placed, OrderState.Packed, OrderActor.Customer, null, Token));
        Assert.True(await transitions.TryAsync(underWay, OrderState.Packed, OrderState.Shipped, OrderActor.Customer, null, Token));
        await Poll.UntilAsync(async () => (await PersonAsync(underWay)).Name == "erased", TimeSpan.FromSeconds(30), "the order is erased", Token);
        // What was sold and paid is still known.
        await using var database = await DatabaseAsync();
        Assert.Equal(3, await database.Orders.CountAsync(order => order.Total > 0, Token));
    }

    private static async Task<Guid> OrderAsync(Shopper shopper, string key)
    {
        (await shopper.AddAsync(1)).Ok();
        return (Guid)(await shopper.CheckOutAsync(key)).Expect(201).Json["orderId"]!;
    }

    private async Task<(string Name, string Email, string City)> PersonAsync(Guid id)
    {
        await using var database = await DatabaseAsync();
        var order = await database.Orders.AsNoTracking().SingleAsync(order => order.Id == id, Token);
        return (order.Name, order.Email, order.City);
    }

    private Task<CartDbContext> DatabaseAsync() => _shop.Hosts[0].Services.GetRequiredService<IDbContextFactory<CartDbContext>>().CreateDbContextAsync(Token);
}
