using ShopSession.Cart.Tests.Hosting;

namespace ShopSession.Cart.Tests.Pages;

public sealed class CartPageTests(SharedShop shared) : IClassFixture<SharedShop>
{
    private readonly Shopper _shopper = shared.Shop.Enter();

    [Fact]
    public async Task An_empty_cart_says_so_and_leads_to_the_goods()
    {
        var page = await _shopper.PageAsync("/");
        Assert.Contains("Your cart is empty", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("a[href='http://catalog.shop.localhost:8080/products']"));
        Assert.Null(page.TestId("checkout"));
    }

    [Fact]
    public async Task Lines_can_be_changed_with_plain_forms()
    {
        (await _shopper.AddAsync(1, 2)).Ok();
        var page = await _shopper.PageAsync("/");
        Assert.Equal("€3.00", page.TestId("cart-total").Words());
        Assert.Equal("2", page.TestId("cart-count").Words());
        var answer = await _shopper.PressAsync(page.QuerySelector("[formaction='/?handler=More']"));
        Assert.Equal("/", answer.Expect(303).Headers["Location"]);
        page = await _shopper.PageAsync("/");
        Assert.Equal("3", page.TestId("line-quantity")!.GetAttribute("value"));
        (await _shopper.PressAsync(page.QuerySelector("[data-quantity-set]"), ("quantity", "7"))).Expect(303);
        (await _shopper.PressAsync((await _shopper.PageAsync("/")).QuerySelector("[formaction='/?handler=Fewer']"))).Expect(303);
        page = await _shopper.PageAsync("/");
        Assert.Equal("6", page.TestId("line-quantity")!.GetAttribute("value"));
        (await _shopper.PressAsync(page.TestId("line-save"))).Expect(303);
        page = await _shopper.PageAsync("/");
        Assert.Null(page.TestId("cart-line"));
        (await _shopper.PressAsync(page.TestId("saved-restore"))).Expect(303);
        page = await _shopper.PageAsync("/");
        Assert.NotNull(page.TestId("cart-line"));
        (await _shopper.PressAsync(page.TestId("line-remove"))).Expect(303);
        Assert.Null((await _shopper.PageAsync("/")).TestId("cart-line"));
    }

    [Fact]
    public async Task A_quantity_typed_on_an_old_page_does_not_overwrite_another_tab_s()
    {
        (await _shopper.AddAsync(1, 2)).Ok();
        var old = await _shopper.PageAsync("/");
        (await _shopper.AddAsync(1, 5)).Ok();
        var answer = await _shopper.PressAsync(old.QuerySelector("[data-quantity-set]"), ("quantity", "3"));
        answer.Expect(409);
        Assert.Contains("you saw 2, it is now 7", answer.Text, StringComparison.Ordinal);
        Assert.Equal("7", answer.Page().TestId("line-quantity")!.GetAttribute("value"));
        // One more is one more, whatever the page showed.
        (await _shopper.PressAsync(old.QuerySelector("[formaction='/?handler=More']"))).Expect(303);
        Assert.Equal(8, (int)(await _shopper.CartAsync())["count"]!);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("100")]
    [InlineData("many")]
    [InlineData("")]
    [InlineData("1e3")]
    public async Task A_quantity_that_cannot_be_shows_the_cart_with_the_reason(string quantity)
    {
        (await _shopper.AddAsync(1, 2)).Ok();
        var page = await _shopper.PageAsync("/");
        var answer = await _shopper.PressAsync(page.QuerySelector("[data-quantity-set]"), ("quantity", quantity));
        answer.Expect(400);
        Assert.NotNull(answer.Page().QuerySelector("[role=alert]"));
        Assert.Equal("2", answer.Page().TestId("line-quantity")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_header_unfolds_what_is_in_the_cart_and_siblings_are_told_the_same()
    {
        Assert.True((await _shopper.PageAsync("/orders")).TestId("mini-cart")!.HasAttribute("hidden"));
        for (var product = 1; product <= 7; product++) (await _shopper.AddAsync(product, 2)).Ok();
        var cart = (await _shopper.PageAsync("/orders")).TestId("mini-cart")!;
        Assert.False(cart.HasAttribute("hidden"));
        Assert.Equal(5, cart.QuerySelectorAll("li").Length);
        Assert.StartsWith("2 × Product 7", cart.QuerySelector("li").Words(), StringComparison.Ordinal);
        Assert.Contains("and 2 more", cart.Words(), StringComparison.Ordinal);

        var told = (await _shopper.GetAsync("/internal/cart/summary")).Ok();
        Assert.Equal((14, 84.00m, 5, 2), ((int)told["count"]!, (decimal)told["total"]!, told["lines"]!.AsArray().Count, (int)told["more"]!));
        var added = (await _shopper.FormAsync("/items", await FieldsAsync(), ("Accept", "application/json"))).Ok();
        Assert.Equal((15, "Product 7"), ((int)added["count"]!, (string)added["lines"]!.AsArray().Single(line => (int)line!["quantity"]! == 3)!["name"]!));

        async Task<Dictionary<string, string>> FieldsAsync() => new()
        {
            ["productId"] = "7",
            ["__token"] = (await _shopper.PageAsync("/")).QuerySelector("input[name='__token']")!.GetAttribute("value")!,
        };
    }

    [Fact]
    public async Task Markup_in_a_product_s_name_stays_text()
    {
        shared.Shop.Catalog.Set(99, product => product with { Name = "<script>alert(1)</script>", Slug = "\"><b>" });
        (await _shopper.AddAsync(99)).Ok();
        var page = await _shopper.PageAsync("/");
        Assert.Equal("<script>alert(1)</script>", page.QuerySelector(".cart-line__name")!.TextContent);
        Assert.DoesNotContain("<script>alert", page.Body!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sibling_s_form_adds_and_leads_back()
    {
        var token = (await TokenAsync())!;
        var answer = await PostItemAsync(("productId", "3"), ("quantity", "2"), ("__token", token), ("returnUrl", "http://catalog.shop.localhost:8080/products/lantern"));
        Assert.Equal("http://catalog.shop.localhost:8080/products/lantern", answer.Expect(303).Headers["Location"]);
        answer = await PostItemAsync(("productId", "3"), ("__token", token), ("returnUrl", "http://evil.example/"));
        Assert.Equal("/", answer.Expect(303).Headers["Location"]);
        Assert.Equal(3, (int)(await _shopper.CartAsync())["count"]!);
    }

    [Fact]
    public async Task A_sibling_s_script_is_told_the_number_and_may_read_it_from_the_shop_s_origins_only()
    {
        var fields = new Dictionary<string, string> { ["productId"] = "3", ["quantity"] = "2", ["__token"] = (await TokenAsync())! };
        var answer = await _shopper.FormAsync("/items", fields, ("Accept", "application/json"), ("Origin", "http://catalog.shop.localhost:8080"), ("Sec-Fetch-Site", "same-site"));
        Assert.Equal(2, (int)answer.Ok()["count"]!);
        Assert.Equal("http://catalog.shop.localhost:8080", answer.Headers["Access-Control-Allow-Origin"]);
        Assert.Equal("true", answer.Headers["Access-Control-Allow-Credentials"]);
        answer = await _shopper.FormAsync("/items", fields, ("Accept", "application/json"), ("Origin", "http://evil.shop.localhost:8080"), ("Sec-Fetch-Site", "same-site"));
        answer.ExpectProblem(403, "foreign-origin");
        Assert.False(answer.Headers.ContainsKey("Access-Control-Allow-Origin"));
        Assert.Equal(2, (int)(await _shopper.CartAsync())["count"]!);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        (await PostItemAsync(("productId", "3"), ("quantity", "2"))).Expect(400);
        (await PostItemAsync(("productId", "3"), ("quantity", "2"), ("__token", "CfDJ8made-up"))).Expect(400);
        Assert.Equal(0, (int)(await _shopper.CartAsync())["count"]!);
    }

    [Theory]
    [InlineData("productId", "x", "quantity", "1")]
    [InlineData("productId", "", "quantity", "1")]
    [InlineData("productId", "1", "quantity", "0")]
    [InlineData("productId", "1", "quantity", "100")]
    [InlineData("productId", "99999999999", "quantity", "1")]
    public async Task A_form_with_nonsense_is_told_so(string first, string firstValue, string second, string secondValue)
    {
        var answer = await PostItemAsync((first, firstValue), (second, secondValue), ("__token", (await TokenAsync())!));
        answer.Expect(400);
        Assert.NotNull(answer.Page().QuerySelector("[role=alert]"));
    }

    [Fact]
    public async Task While_the_store_is_down_the_page_says_so_and_shows_no_empty_cart()
    {
        await using var shop = await Shop.OpenAsync();
        var shopper = shop.Enter();
        (await shopper.AddAsync(1)).Ok();
        await shop.Redis.KillAsync();
        var answer = await shopper.GetAsync("/", ("Accept", "text/html"));
        answer.Expect(503);
        Assert.Equal("text/html", answer.ContentType);
        Assert.DoesNotContain("Your cart is empty", answer.Text, StringComparison.Ordinal);
    }

    private async Task<string?> TokenAsync()
    {
        // Any form of the shop will do: the token is the same for all siblings.
        (await _shopper.AddAsync(50)).Ok();
        var token = (await _shopper.PageAsync("/")).QuerySelector("input[name=__token]")!.GetAttribute("value");
        (await _shopper.DeleteAsync("/api/cart")).Ok();
        return token;
    }

    private Task<Reply> PostItemAsync(params (string Name, string Value)[] fields) =>
        _shopper.FormAsync("/items", fields.ToDictionary(field => field.Name, field => field.Value), ("Accept", "text/html"));
}
