using ShopSession.Cart.Tests.Hosting;
using ShopSession.Testing;

namespace ShopSession.Cart.Tests.Checkout;

public sealed class CheckoutTests : IAsyncLifetime
{
    private Shop _shop = null!;
    private Shopper _shopper = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenAsync(2, null, ("Checkout:PaymentTimeout", "00:00:06"), ("Checkout:PaymentGiveUp", "00:00:01"), ("Checkout:RecoveryInterval", "00:00:00.2"));
        _shopper = _shop.Enter();
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task A_guest_orders_and_the_cart_is_empty_afterwards()
    {
        (await _shopper.AddAsync(2, 3)).Ok();
        (await _shopper.AddAsync(10)).Ok();
        var reply = (await _shopper.CheckOutAsync("key-1")).Expect(201);
        Assert.Equal("placed", (string)reply.Json["status"]!);
        Assert.Equal("24.00", reply.Json["subtotal"]!.ToJsonString());
        Assert.Equal("4.90", reply.Json["shipping"]!.ToJsonString());
        Assert.Equal("28.90", reply.Json["total"]!.ToJsonString());
        Assert.Equal("4.61", reply.Json["tax"]!.ToJsonString());
        Assert.Matches("^S[0-9A-Z]{5}-[0-9A-Z]{5}$", (string)reply.Json["number"]!);
        Assert.Equal(0, (int)(await _shopper.CartAsync())["count"]!);
        Assert.Equal((3, 1), (_shop.Catalog.Stock.Sold(2), _shop.Catalog.Stock.Sold(10)));
        Assert.Equal(0, _shop.Catalog.Stock.OpenHolds);

        var order = (await _shopper.GetAsync(reply.Headers["Location"])).Ok();
        Assert.Equal("Ada Lovelace", (string)order["address"]!["name"]!);
        Assert.Equal(["processing", "paid", "placed"], order["events"]!.AsArray().Select(entry => (string)entry!["status"]!));
        Assert.Equal(1, await _shopper.OrdersAsync());
    }

    [Fact]
    public async Task The_same_key_gets_the_same_answer_and_other_content_is_refused()
    {
        (await _shopper.AddAsync(1)).Ok();
        var first = (await _shopper.CheckOutAsync("key-1")).Expect(201);
        (await _shopper.AddAsync(2)).Ok();
        Assert.Equal(first.Text, (await _shopper.CheckOutAsync("key-1")).Expect(201).Text);
        (await _shopper.CheckOutAsync("key-1", CheckoutForm.Good().With("city", "Kiel"))).ExpectProblem(422, "idempotency-key-reused", "Idempotency-Key");
        Assert.Equal(1, await _shopper.OrdersAsync());
        Assert.Equal(1, (int)(await _shopper.CartAsync())["count"]!);
    }

    [Fact]
    public async Task Twenty_presses_at_once_over_two_replicas_are_one_order()
    {
        (await _shopper.AddAsync(1, 2)).Ok();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _shopper.CheckOutAsync("key-1")));
        Assert.All(replies, reply => Assert.Contains(reply.Status, (int[])[201, 409]));
        Assert.Single(replies.Where(reply => reply.Status == 201).Select(reply => (string)reply.Json["orderId"]!).Distinct());
        Assert.All(replies.Where(reply => reply.Status == 409), reply => Assert.Equal("checkout-in-progress", reply.Problem));
        Assert.Equal(1, await _shopper.OrdersAsync());
        Assert.Equal(2, _shop.Catalog.Stock.Sold(1));
    }

    [Fact]
    public async Task One_cart_pressed_in_many_tabs_with_keys_of_their_own_is_one_order()
    {
        (await _shopper.AddAsync(1, 2)).Ok();
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => _shopper.CheckOutAsync($"key-{i}")));
        Assert.Single(replies, reply => reply.Status == 201);
        Assert.All(replies.Where(reply => reply.Status != 201), reply => Assert.Contains(reply.Problem, (string[])["checkout-in-progress", "cart-empty", "cart-changed"]));
        Assert.Equal(2, _shop.Catalog.Stock.Sold(1));
        Assert.Equal(0, _shop.Catalog.Stock.OpenHolds);
    }

    [Fact]
    public async Task A_declined_payment_gives_the_stock_back_and_keeps_the_cart()
    {
        (await _shopper.AddAsync(1, 2)).Ok();
        (await _shopper.CheckOutAsync("key-1", CheckoutForm.Good("decline"))).ExpectProblem(402, "payment-declined");
        (await _shopper.CheckOutAsync("key-1", CheckoutForm.Good("decline"))).ExpectProblem(402, "payment-declined");
        Assert.Equal(0, _shop.Catalog.Stock.OpenHolds);
        Assert.Equal(2, (int)(await _shopper.CartAsync())["count"]!);
        Assert.Equal(0, await _shopper.OrdersAsync());
        (await _shopper.CheckOutAsync("key-2")).Expect(201);
    }

    [Fact]
    public async Task A_slow_payment_is_waited_for()
    {
        (await _shopper.AddAsync(1)).Ok();
        (await _shopper.CheckOutAsync("key-1", CheckoutForm.Good("slow"))).Expect(201);
    }

    [Fact]
    public async Task A_payment_whose_answer_was_lost_is_found_out_and_the_order_placed()
    {
        (await _shopper.AddAsync(1)).Ok();
        var reply = (await _shopper.CheckOutAsync("key-1", CheckoutForm.Good("unknown"))).Expect(202);
        Assert.Equal("payment-pending", (string)reply.Json["status"]!);
        Assert.NotNull(reply.Json["holdExpiresAt"]);
        (await _shopper.CheckOutAsync("key-2")).ExpectProblem(409, "checkout-in-progress");
        await UntilAsync(reply, "placed");
        (await _shopper.CheckOutAsync("key-1", CheckoutForm.Good("unknown"))).Expect(201);
        Assert.Equal(0, (int)(await _shopper.CartAsync())["count"]!);
        Assert.Equal(1, _shop.Catalog.Stock.Sold(1));
    }

    [Fact]
    public async Task A_payment_that_never_arrived_cancels_the_order_and_gives_everything_back()
    {
        (await _shopper.AddAsync(1)).Ok();
        var reply = (await _shopper.CheckOutAsync("key-1", CheckoutForm.Good("timeout"))).Expect(202);
        await UntilAsync(reply, "cancelled");
        await Poll.UntilAsync(() => _shop.Catalog.Stock.OpenHolds == 0, TimeSpan.FromSeconds(30), "the stock is given back", TestContext.Current.CancellationToken);
        Assert.Equal(1, (int)(await _shopper.CartAsync())["count"]!);
        (await _shopper.CheckOutAsync("key-1", CheckoutForm.Good("timeout"))).ExpectProblem(409, "payment-not-received");
        (await _shopper.CheckOutAsync("key-2")).Expect(201);
    }

    [Fact]
    public async Task A_hold_that_expired_during_payment_is_taken_again_or_the_money_goes_back()
    {
        (await _shopper.AddAsync(1, 2)).Ok();
        var reply = (await _shopper.CheckOutAsync("key-1", CheckoutForm.Good("unknown"))).Expect(202);
        _shop.Catalog.Stock.ExpireAll();
        await UntilAsync(reply, "placed");
        Assert.Equal(2, _shop.Catalog.Stock.Sold(1));

        (await _shopper.AddAsync(2, 2)).Ok();
        reply = (await _shopper.CheckOutAsync("key-2", CheckoutForm.Good("unknown"))).Expect(202);
        _shop.Catalog.Stock.ExpireAll();
        _shop.Catalog.Set(2, product => product with { Stock = 1 });
        var order = await UntilAsync(reply, "cancelled");
        Assert.Equal("sold-out-meanwhile", (string)order["failure"]!);
    }

    [Fact]
    public async Task What_was_added_while_the_order_was_paid_stays_in_the_cart()
    {
        (await _shopper.AddAsync(1, 2)).Ok();
        var placing = _shopper.CheckOutAsync("key-1", CheckoutForm.Good("slow"));
        await Poll.UntilAsync(() => _shop.Catalog.Stock.OpenHolds == 1, TimeSpan.FromSeconds(30), "the stock is held", TestContext.Current.CancellationToken);
        (await _shopper.AddAsync(1, 5)).Ok();
        (await _shopper.AddAsync(3, 1)).Ok();
        (await placing).Expect(201);
        var cart = await _shopper.CartAsync();
        Assert.Equal(6, (int)cart["count"]!);
        Assert.Equal(5, (int)cart["items"]![0]!["quantity"]!);
    }

    [Fact]
    public async Task Signing_in_while_the_order_is_paid_loses_neither_the_order_nor_leaves_its_lines_in_the_account_s_cart()
    {
        (await _shopper.AddAsync(1, 2)).Ok();
        (await _shopper.AddAsync(2, 1)).Ok();
        var tab = _shopper.Twin();
        var placing = tab.CheckOutAsync("key-1", CheckoutForm.Good("slow"));
        await Poll.UntilAsync(() => _shop.Catalog.Stock.OpenHolds == 1, TimeSpan.FromSeconds(30), "the stock is held", TestContext.Current.CancellationToken);
        await _shopper.SignInAsync("ada");
        (await _shopper.AddAsync(2, 4)).Ok();
        await placing; // 201, or 409 because this tab's session ended meanwhile
        var cart = await _shopper.CartAsync();
        Assert.Equal((4, 2), ((int)cart["count"]!, (int)cart["items"]![0]!["productId"]!));
        Assert.Equal(1, await _shopper.OrdersAsync());
        tab.Dispose();
    }

    [Fact]
    public async Task An_order_belongs_to_who_placed_it()
    {
        (await _shopper.AddAsync(1)).Ok();
        var order = (await _shopper.CheckOutAsync("key-1")).Expect(201).Headers["Location"];
        var stranger = _shop.Enter();
        (await stranger.GetAsync(order)).ExpectProblem(404, "order-not-found");
        (await stranger.AddAsync(1)).Ok();
        (await stranger.GetAsync(order)).ExpectProblem(404, "order-not-found");
        Assert.Equal(0, await stranger.OrdersAsync());
        // The same key is another one for somebody else.
        Assert.NotEqual(order, (await stranger.CheckOutAsync("key-1")).Expect(201).Headers["Location"]);
        foreach (var id in (string[])["1", "00000000-0000-0000-0000-000000000000", "%20", "..", "x'--"]) (await stranger.GetAsync($"/api/orders/{id}")).Expect(404);

        // A guest who signs in afterwards still sees it in this browser.
        await _shopper.SignInAsync("ada");
        (await _shopper.GetAsync(order)).Ok();
        Assert.Equal(1, await _shopper.OrdersAsync());
    }

    [Fact]
    public async Task A_signed_in_shopper_s_orders_are_there_on_every_device()
    {
        await _shopper.SignInAsync("grace");
        (await _shopper.AddAsync(1)).Ok();
        var form = CheckoutForm.Good();
        form.Remove("email");
        var order = (await _shopper.CheckOutAsync("key-1", form)).Expect(201);
        Assert.Equal("grace@shop.localhost", (string)order.Json["email"]!);
        var phone = _shop.Enter();
        await phone.SignInAsync("grace");
        (await phone.GetAsync(order.Headers["Location"])).Ok();
        Assert.Equal(1, await phone.OrdersAsync());
    }

    private async Task<System.Text.Json.Nodes.JsonNode> UntilAsync(Reply placed, string status)
    {
        await Poll.UntilAsync(
            async () => (string)(await _shopper.GetAsync(placed.Headers["Location"])).Ok()["status"]! == status,
            TimeSpan.FromSeconds(40), $"the order is {status}", TestContext.Current.CancellationToken);
        return (await _shopper.GetAsync(placed.Headers["Location"])).Ok();
    }
}
