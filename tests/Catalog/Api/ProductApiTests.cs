namespace ShopSession.Catalog.Tests.Api;

public sealed class ProductApiTests(CatalogFixture catalog) : IClassFixture<CatalogFixture>
{
    private CatalogHost Host => catalog.Host;

    [Fact]
    public async Task The_shelf_is_full()
    {
        var list = (await Host.GetAsync("/api/products")).Expect(200).Json;
        Assert.True((int)list["total"]! >= 120);
        Assert.Equal(24, list["items"]!.AsArray().Count);
        Assert.True((await Host.GetAsync("/api/categories")).Expect(200).Json.AsArray().Count >= 8);
    }

    [Fact]
    public async Task A_listed_product_has_what_the_contract_says()
    {
        var item = (await Host.GetAsync("/api/products?pageSize=1")).Expect(200).Json["items"]![0]!.AsObject();
        foreach (var name in new[] { "id", "slug", "name", "category", "price", "currency", "stock", "imageUrl" }) Assert.NotNull(item[name]);
        Assert.Equal("EUR", (string)item["currency"]!);
        Assert.StartsWith("http://catalog.shop.localhost:8080/pictures/", (string)item["imageUrl"]!, StringComparison.Ordinal);
        var detail = (await Host.GetAsync($"/api/products/{item["id"]}")).Expect(200).Json;
        Assert.Equal((string)item["name"]!, (string)detail["name"]!);
        Assert.NotEmpty((string)detail["description"]!);
    }

    [Theory]
    [InlineData("price", true)]
    [InlineData("price-desc", false)]
    public async Task Prices_sort_by_amount(string sort, bool ascending)
    {
        var prices = (await Host.GetAsync($"/api/products?sort={sort}&pageSize=100")).Expect(200).Json["items"]!.AsArray().Select(item => (decimal)item!["price"]!).ToList();
        Assert.Equal(ascending ? prices.Order() : prices.OrderDescending(), prices);
    }

    [Fact]
    public async Task Filters_leave_what_fits_them_all()
    {
        var items = (await Host.GetAsync("/api/products?category=desk&minPrice=15&maxPrice=30&inStock=true&pageSize=100")).Expect(200).Json["items"]!.AsArray();
        Assert.NotEmpty(items);
        Assert.All(items, item =>
        {
            Assert.Equal("desk", (string)item!["category"]!);
            Assert.InRange((decimal)item["price"]!, 15m, 30m);
            Assert.True((int)item["stock"]! > 0);
        });
    }

    [Fact]
    public async Task Pages_neither_repeat_nor_lose_a_product()
    {
        var seen = new List<int>();
        var total = 0;
        for (var page = 1; page == 1 || seen.Count < total; page++)
        {
            var list = (await Host.GetAsync($"/api/products?page={page}&pageSize=50&sort=rating")).Expect(200).Json;
            total = (int)list["total"]!;
            var ids = list["items"]!.AsArray().Select(item => (int)item!["id"]!).ToList();
            Assert.NotEmpty(ids);
            seen.AddRange(ids);
        }

        Assert.Equal(total, seen.Distinct().Count());
        Assert.Empty((await Host.GetAsync("/api/products?page=1000")).Expect(200).Json["items"]!.AsArray());
    }

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("page=-1", "page")]
    [InlineData("page=x", "page")]
    [InlineData("page=99999999999999999999", "page")]
    [InlineData("pageSize=0", "pageSize")]
    [InlineData("pageSize=101", "pageSize")]
    [InlineData("minPrice=-1", "minPrice")]
    [InlineData("minPrice=abc", "minPrice")]
    [InlineData("minPrice=1.999", "minPrice")]
    [InlineData("maxPrice=1e9", "maxPrice")]
    [InlineData("maxPrice=79228162514264337593543950336", "maxPrice")]
    [InlineData("minPrice=20&maxPrice=10", "minPrice")]
    [InlineData("inStock=maybe", "inStock")]
    [InlineData("sort=;drop", "sort")]
    [InlineData("minRating=6", "minRating")]
    public async Task Bad_wishes_are_named(string query, string field) => (await Host.GetAsync("/api/products?" + query)).ExpectProblem(400, "invalid-input", field);

    [Fact]
    public async Task An_endless_search_is_refused() => (await Host.GetAsync("/api/products?search=" + new string('a', 101))).ExpectProblem(400, "invalid-input", "search");

    [Fact]
    public async Task Unknown_things_are_not_found()
    {
        (await Host.GetAsync("/api/products/999999")).ExpectProblem(404, "not-found");
        (await Host.GetAsync("/api/products/abc")).ExpectProblem(400, "invalid-input", "id");
        (await Host.GetAsync("/api/products/-1")).ExpectProblem(404, "not-found");
        Assert.Equal(0, (int)(await Host.GetAsync("/api/products?category=none")).Expect(200).Json["total"]!);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        var first = (await Host.GetAsync("/api/products?category=play")).Expect(200);
        var tag = first.Header("ETag")!;
        var again = await Host.GetAsync("/api/products?category=play", ("If-None-Match", $"\"other\", {tag}"));
        Assert.Equal(304, again.Status);
        Assert.Empty(again.Text);
        Assert.Equal(tag, again.Header("ETag"));
        Assert.Equal(200, (await Host.GetAsync("/api/products?category=play", ("If-None-Match", "\"other\""))).Status);
    }

    [Fact]
    public async Task The_public_api_sets_no_cookie() => Assert.Null((await Host.GetAsync("/api/products")).Header("Set-Cookie"));

    [Fact]
    public async Task Siblings_ask_for_several_products_at_once()
    {
        var products = (await Host.GetAsync("/internal/products?ids=3,1,999999,1")).Expect(200).Json.AsArray();
        Assert.Equal([1, 3], products.Select(product => (int)product!["id"]!));
        foreach (var name in new[] { "slug", "name", "price", "currency", "stock", "imageUrl", "available" }) Assert.NotNull(products[0]![name]);
        Assert.Empty((await Host.GetAsync("/internal/products")).Expect(200).Json.AsArray());
        (await Host.GetAsync("/internal/products?ids=1,x")).ExpectProblem(400, "invalid-input", "ids");
        (await Host.GetAsync("/internal/products?ids=" + string.Join(',', Enumerable.Range(1, 201)))).ExpectProblem(400, "invalid-input", "ids");
    }
}
