namespace ShopSession.Catalog.Tests.Administration;

/// <summary>Administrators add and retire products, by pages and by JSON.</summary>
public sealed class ProductRangeTests(StoreFixture store) : AdministrationTest(store)
{
    private static readonly (string Name, string Value)[] Filled =
    [
        ("Input.Name", "Bosun’s Whistle"), ("Input.Category", "instruments"), ("Input.Price", "19.90"), ("Input.Summary", "Heard over any wind."), ("Input.Description", "Brass."), ("Input.Kind", "bell"), ("Input.Stock", "12"), ("Input.Chinese.Name", "水手长哨"), ("Input.Sizes", "M，S、L"),
    ];

    [Fact]
    public async Task A_new_product_is_listed_found_bought_and_written_down()
    {
        var page = await Admin.PageAsync("/admin/products/new");
        var added = (await Admin.PressAsync(page, "add-product", Filled)).Expect(302).Header("Location")!;
        var product = (await Host.GetAsync("/api/products?search=whistle")).Json["items"]![0]!;
        Assert.Equal(("bosuns-whistle", 12, "19.90"), ((string)product["slug"]!, (int)product["stock"]!, product["price"]!.ToJsonString()));
        Assert.EndsWith($"/{(int)product["id"]!}", added, StringComparison.Ordinal);
        var shown = await Host.PageAsync("/products/bosuns-whistle");
        Assert.NotNull(shown.QuerySelector("[data-testid='add-to-cart']"));
        Assert.Equal(["S", "M", "L"], shown.QuerySelectorAll("[data-testid='size'] > span:first-child").Select(size => size.TextContent));
        // Nobody has rated it: an average of nothing is said neither to people nor to search engines.
        Assert.Equal("No ratings yet", shown.QuerySelector("[data-testid='rating']")!.TextContent.Trim());
        Assert.DoesNotContain("aggregateRating", shown.QuerySelector("script[type='application/ld+json']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("root", (await Admin.PageAsync(added)).QuerySelector("[data-testid='product-log']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((int)product["id"]!, (int)(await Host.GetAsync("/api/products?search=" + Uri.EscapeDataString("水手长哨"))).Json["items"]![0]!["id"]!);
        (await HoldAsync((int)product["id"]!, 12)).Expect(201);

        // The second press of the button adds nothing.
        var twice = Browser.Read((await Admin.PressAsync(page, "add-product", Filled)).Expect(409));
        Assert.NotNull(twice.QuerySelector("#Input_Slug-error"));
    }

    [Theory]
    [InlineData("Input.Name", "", "#Input_Name-error")]
    [InlineData("Input.Slug", "Not A Slug", "#Input_Slug-error")]
    [InlineData("Input.Slug", "-x-", "#Input_Slug-error")]
    [InlineData("Input.Category", "nowhere", "#Input_Category-error")]
    [InlineData("Input.Price", "0", "#Input_Price-error")]
    [InlineData("Input.Chinese.Summary", "a\u0007b", "#Input_Chinese_Summary-error")]
    [InlineData("Input.Kind", "../secret", "#Input_Kind-error")]
    [InlineData("Input.Stock", "-1", "#Input_Stock-error")]
    [InlineData("Input.Colour2", "red", "#colours-error")]
    [InlineData("Input.Sizes", "M", "#Input_Sizes-error")]
    [InlineData("Input.Sizes", "M, m", "#Input_Sizes-error")]
    [InlineData("Input.Sizes", "S, this is not a size", "#Input_Sizes-error")]
    public async Task What_is_wrong_is_said_at_the_field_and_nothing_is_added(string field, string value, string error)
    {
        var before = await TotalAsync();
        var page = await Admin.PageAsync("/admin/products/new");
        var refused = Browser.Read((await Admin.PressAsync(page, "add-product", [.. Filled, (field, value)])).Expect(400));
        Assert.False(string.IsNullOrWhiteSpace(refused.QuerySelector(error)?.TextContent), $"No error at {field}");
        Assert.Equal(before, await TotalAsync());
    }

    [Fact]
    public async Task What_is_retired_is_gone_from_the_shop_but_not_forgotten_and_can_come_back()
    {
        var before = await TotalAsync();
        (await Admin.PressAsync(await Admin.PageAsync("/admin/products/33"), "retire-product")).Expect(302);
        Assert.Equal(before - 1, await TotalAsync());
        Assert.DoesNotContain("storm-lantern-signal-red", (await Host.GetAsync("/api/products?search=lantern&pageSize=100")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("storm-lantern-signal-red", (await Host.GetAsync("/sitemap.xml")).Text, StringComparison.Ordinal);
        (await Host.GetAsync("/api/products/33")).ExpectProblem(410, "no-longer-sold");
        var gone = await Host.PageAsync("/products/storm-lantern-signal-red", 410);
        Assert.NotNull(gone.QuerySelector("[data-testid='no-longer-sold']"));
        Assert.Null(gone.QuerySelector("[data-testid='add-to-cart']"));
        (await HoldAsync(33, 1)).ExpectProblem(409, "insufficient-stock");
        Assert.True((bool)(await Host.GetAsync("/internal/products?ids=33")).Json[0]!["retired"]!);
        Assert.Contains("/admin/products/33", (await Admin.GetAsync("/admin/products?retired=true")).Expect(200).Text, StringComparison.Ordinal);
        // Its address stays its own.
        (await Admin.PressAsync(await Admin.PageAsync("/admin/products/new"), "add-product", [.. Filled, ("Input.Slug", "storm-lantern-signal-red")])).Expect(409);

        (await Admin.PressAsync(await Admin.PageAsync("/admin/products/33"), "restore-product")).Expect(302);
        Assert.Equal(before, await TotalAsync());
        Assert.Contains("storm-lantern-signal-red", (await Host.GetAsync("/api/products?search=lantern&pageSize=100")).Text, StringComparison.Ordinal);
        (await HoldAsync(33, 1)).Expect(201);
        Assert.Equal(2, (await Admin.PageAsync("/admin/products/33")).QuerySelectorAll("[data-testid='product-log'] tbody tr").Length);
    }

    [Fact]
    public async Task An_order_under_way_keeps_what_it_holds_of_a_retired_product()
    {
        var order = Guid.NewGuid();
        (await HoldAsync(33, 2, order)).Expect(201);
        (await Admin.PressAsync(await Admin.PageAsync("/admin/products/33"), "retire-product")).Expect(302);
        (await Host.SendAsync(HttpMethod.Post, $"/internal/holds/{order}/confirm")).Expect(204);
    }

    private async Task<int> TotalAsync() => (int)(await Host.GetAsync("/api/products")).Json["total"]!;

    private Task<Reply> HoldAsync(int product, int quantity, Guid? order = null) =>
        Host.SendAsync(HttpMethod.Post, "/internal/holds", new { orderId = order ?? Guid.NewGuid(), lines = new[] { new { productId = product, quantity } }, seconds = 60 });
}
