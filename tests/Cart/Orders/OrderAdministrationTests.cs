using ShopSession.Cart.Tests.Checkout;
using ShopSession.Cart.Tests.Hosting;

namespace ShopSession.Cart.Tests.Orders;

/// <summary>Administrators see all orders, move them on and cancel them; nobody else gets near, and everything is written down.</summary>
public sealed class OrderAdministrationTests : IAsyncLifetime
{
    private Shop _shop = null!;
    private Shopper _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenAsync(2);
        _admin = _shop.Enter();
        await _admin.SignInAsync("root", "role=admin");
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Only_administrators_come_in()
    {
        var customer = _shop.Enter();
        await customer.SignInAsync("ada");
        var id = await OrderAsync(customer);
        foreach (var path in (string[])["/admin/orders", $"/admin/orders/{id}"])
        {
            Assert.Contains("/login?returnUrl=", (await _shop.Enter().GetAsync(path, ("Accept", "text/html"))).Expect(302).Headers["Location"], StringComparison.Ordinal);
            (await customer.GetAsync(path, ("Accept", "text/html"))).Expect(403);
            (await _admin.GetAsync(path, ("Accept", "text/html"))).Expect(200);
        }
        (await customer.FormAsync($"/admin/orders/{id}?handler=Advance", new() { ["from"] = "Placed" }, ("Accept", "text/html"))).Expect(403);
        Assert.Equal("placed", (string)(await customer.GetAsync($"/api/orders/{id}")).Ok()["status"]!);
    }

    [Fact]
    public async Task An_order_goes_from_packed_to_delivered_and_every_step_is_in_the_log()
    {
        var customer = _shop.Enter();
        var id = await OrderAsync(customer);
        foreach (var status in (string[])["packed", "shipped", "delivered"])
        {
            var page = await _admin.PageAsync($"/admin/orders/{id}");
            (await _admin.PressAsync(page.TestId("advance-order"), ("note", $"<i>{status}</i>"))).Expect(303);
            var order = (await customer.GetAsync($"/api/orders/{id}")).Ok();
            Assert.Equal(status, (string)order["status"]!);
            Assert.Equal(status, (string)order["events"]!.AsArray()[^1]!["status"]!);
        }
        var last = await _admin.PageAsync($"/admin/orders/{id}");
        Assert.Null(last.TestId("advance-order"));
        var log = last.TestId("order-log")!.QuerySelectorAll("tbody tr");
        Assert.Equal(3, log.Length);
        Assert.Contains("root Shipped → Delivered <i>delivered</i>", log[0].Words(), StringComparison.Ordinal);
        Assert.Empty(last.QuerySelectorAll("main i"));
    }

    [Fact]
    public async Task The_json_api_lists_moves_on_and_cancels_under_the_same_rules()
    {
        var customer = _shop.Enter();
        await customer.SignInAsync("ada");
        var id = await OrderAsync(customer);
        var path = $"/api/admin/orders/{id}";
        (await customer.GetAsync(path)).Expect(403);
        (await _shop.Enter().GetAsync("/api/admin/orders")).Expect(401);
        (await customer.PostAsync(path + "/advance", new { status = "placed" })).Expect(403);
        Assert.Equal(id.ToString(), (string)(await _admin.GetAsync("/api/admin/orders?status=placed&pageSize=1")).Ok()["items"]![0]!["orderId"]!);
        foreach (var (query, field) in new[] { ("status=lost", "status"), ($"search={new string('x', 255)}", "search"), ("page=0", "page"), ("pageSize=51", "pageSize") })
            Assert.NotNull((await _admin.GetAsync("/api/admin/orders?" + query)).Expect(400).Json["errors"]![field]);

        Assert.Equal("packed", (string)(await _admin.PostAsync(path + "/advance", new { status = "placed", note = "In the blue box." })).Ok()["status"]!);
        (await _admin.PostAsync(path + "/advance", new { status = "placed" })).Expect(409);
        Assert.NotNull((await _admin.PostAsync(path + "/advance", new { status = "delivered" })).Expect(400).Json["errors"]!["status"]);
        Assert.NotNull((await _admin.PostAsync(path + "/cancel", new { note = " " })).Expect(400).Json["errors"]!["note"]);
        Assert.Contains((string)(await _admin.PostAsync(path + "/cancel", new { note = "Out of string." })).Ok()["status"]!, new[] { "cancelled", "refunded" });
        (await _admin.GetAsync($"/api/admin/orders/{Guid.NewGuid()}")).Expect(404);
        (await _admin.PostAsync($"/api/admin/orders/{Guid.NewGuid()}/advance", new { status = "placed" })).Expect(404);
        var log = (await _admin.GetAsync(path + "/log")).Ok().AsArray();
        Assert.Equal("In the blue box.", (string)log[^1]!["note"]!);
        Assert.Equal("root", (string)log[^1]!["actorName"]!);
    }

    [Fact]
    public async Task A_step_made_on_an_old_page_is_refused()
    {
        var id = await OrderAsync(_shop.Enter());
        var page = await _admin.PageAsync($"/admin/orders/{id}");
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _admin.PressAsync(page.TestId("advance-order"))));
        Assert.Single(replies, reply => reply.Status == 303);
        Assert.All(replies.Where(reply => reply.Status != 303), reply => Assert.Contains("changed meanwhile", reply.Expect(409).Page().QuerySelector("main").Words(), StringComparison.Ordinal));
        (await _admin.PressAsync(page.TestId("advance-order"), ("from", "Delivered"))).Expect(400);
        (await _admin.PressAsync(page.TestId("advance-order"), ("from", "99"))).Expect(400);
        (await _admin.PressAsync(page.TestId("advance-order"), ("note", new string('x', 301)))).Expect(400);
    }

    [Fact]
    public async Task Cancelling_needs_a_reason_and_the_customer_is_told_who_did_it()
    {
        var customer = _shop.Enter();
        var id = await OrderAsync(customer);
        var page = await _admin.PageAsync($"/admin/orders/{id}");
        var refused = (await _admin.PressAsync(page.TestId("admin-cancel"))).Expect(400).Page();
        Assert.NotEqual("", refused.QuerySelector("#cancel-note-error").Words());
        (await _admin.PressAsync(page.TestId("admin-cancel"), ("note", "Broken in the store."))).Expect(303);
        var order = (await customer.GetAsync($"/api/orders/{id}")).Ok();
        Assert.Equal(("refunded", "shop"), ((string)order["status"]!, (string)order["cancelledBy"]!));
        Assert.Equal(1000, _shop.Catalog.StockOf(1));
        Assert.DoesNotContain("Broken in the store", (await customer.GetAsync($"/orders/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_filtered_by_status_number_and_address()
    {
        var first = await OrderAsync(_shop.Enter(), "ada@example.org");
        await OrderAsync(_shop.Enter(), "bob@example.org");
        var page = await _admin.PageAsync($"/admin/orders/{first}");
        await _admin.PressAsync(page.TestId("advance-order"));
        Assert.Equal(2, await RowsAsync(""));
        Assert.Equal(1, await RowsAsync("?status=packed"));
        Assert.Equal(1, await RowsAsync("?status=placed"));
        Assert.Equal(0, await RowsAsync("?status=refunded"));
        Assert.Equal(1, await RowsAsync("?search=BOB@example.org"));
        Assert.Equal(1, await RowsAsync("?search=" + page.QuerySelector("h1").Words().Split(' ')[1].ToLowerInvariant()));
        Assert.Equal(0, await RowsAsync("?search=%25"));
        (await _admin.GetAsync("/admin/orders?status=nonsense", ("Accept", "text/html"))).Expect(400);
        foreach (var id in (string[])["1", Guid.NewGuid().ToString(), "%20"]) (await _admin.GetAsync($"/admin/orders/{id}", ("Accept", "text/html"))).Expect(404);
    }

    private async Task<int> RowsAsync(string query) => (await _admin.PageAsync("/admin/orders" + query)).QuerySelectorAll("[data-testid='admin-order-row']").Length;

    private static async Task<Guid> OrderAsync(Shopper shopper, string email = "ada@example.org")
    {
        (await shopper.AddAsync(1)).Ok();
        return (Guid)(await shopper.CheckOutAsync("key", CheckoutForm.Good().With("email", email))).Expect(201).Json["orderId"]!;
    }
}
