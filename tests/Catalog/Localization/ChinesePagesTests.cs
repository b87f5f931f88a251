namespace ShopSession.Catalog.Tests.Localization;

public sealed class ChinesePagesTests(CatalogFixture catalog) : IClassFixture<CatalogFixture>
{
    private static readonly (string, string) Chinese = ("Accept-Language", "zh-CN,zh;q=0.9");

    [Fact]
    public async Task The_storefront_speaks_Chinese()
    {
        var page = await catalog.Host.PageAsync("/", 200, Chinese);
        Assert.Equal("zh-Hans", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("长伴左右的好物。", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("搜索商品", page.QuerySelector("label[for='site-search']")!.TextContent);
        Assert.Equal(["English", "简体中文"], page.QuerySelectorAll("[data-testid='languages'] button").Select(button => button.TextContent));
        Assert.Equal("zh-Hans", page.QuerySelector("[data-testid='languages'] [aria-current]")!.GetAttribute("lang"));
    }

    /// <summary>What is read from the database is remembered for everybody alike: it must hold no words of one visitor's language.</summary>
    [Fact]
    public async Task Two_visitors_of_different_languages_never_see_one_anothers_words()
    {
        const string path = "/products?category=light";
        for (var round = 0; round < 2; round++)
        {
            var chinese = (await catalog.Host.PageAsync(path, 200, Chinese)).Body!.TextContent;
            var english = (await catalog.Host.PageAsync(path)).Body!.TextContent;
            Assert.Contains("4.5 分及以上", chinese, StringComparison.Ordinal);
            Assert.DoesNotContain("and better", chinese, StringComparison.Ordinal);
            Assert.Contains("4.5 and better", english, StringComparison.Ordinal);
            Assert.DoesNotContain("分及以上", english, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_API_speaks_English()
    {
        var answer = await catalog.Host.GetAsync("/api/products?sort=up", Chinese);
        answer.ExpectProblem(400, "invalid-input", "sort");
        Assert.StartsWith("Sort by one of", (string)answer.Json["errors"]!["sort"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_understood_is_explained_in_Chinese() =>
        Assert.Contains("排序方式可选", (await catalog.Host.PageAsync("/products?sort=up", 400, Chinese)).QuerySelector(".alert--error")!.TextContent, StringComparison.Ordinal);

    [Theory]
    [InlineData("提灯", "Storm Lantern")]
    [InlineData("铸铁煎锅", "Cast-Iron Skillet 26")]
    // Half of the pairs will do when nothing has them all.
    [InlineData("铸铁锅", "Cast-Iron Skillet 26")]
    public async Task Goods_are_found_by_their_Chinese_words(string words, string expected)
    {
        var found = (await catalog.Host.GetAsync($"/api/products?search={Uri.EscapeDataString(words)}")).Expect(200).Json["items"]!.AsArray();
        Assert.Contains(found, item => ((string)item!["name"]!).StartsWith(expected, StringComparison.Ordinal));
        Assert.InRange(found.Count, 1, 20);
    }

    [Fact]
    public async Task Words_that_no_product_has_find_nothing() =>
        Assert.Equal(0, (int)(await catalog.Host.GetAsync($"/api/products?search={Uri.EscapeDataString("量子计算机")}")).Expect(200).Json["total"]!);

    [Fact]
    public async Task A_product_is_told_in_Chinese_with_its_facts_and_in_English_to_the_cart_that_asks_so()
    {
        var page = await catalog.Host.PageAsync("/products/cast-iron-skillet-26", 200, Chinese);
        Assert.Equal("铸铁煎锅 26", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("直径", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Cast-Iron Skillet 26", (string)(await catalog.Host.GetAsync("/internal/products?ids=1")).Json[0]!["name"]!);
        Assert.Equal("铸铁煎锅 26", (string)(await catalog.Host.GetAsync("/internal/products?ids=1&language=zh-Hans")).Json[0]!["name"]!);
    }
}
