using ShopSession.Catalog.Search;

namespace ShopSession.Catalog.Tests.Search;

public sealed class SearchTests(CatalogFixture catalog, StoreFixture store) : IClassFixture<CatalogFixture>
{
    [Theory]
    [InlineData("lantern")]
    [InlineData("LANTERN")]
    [InlineData("lanterns")]
    [InlineData("lant")]
    [InlineData("storm lantern")]
    [InlineData("  lantern!  ")]
    public async Task The_name_weighs_most(string search) => Assert.StartsWith("Storm Lantern", (await NamesAsync(search))[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("jumper", "Fisherman's Sweater")]
    [InlineData("flashlight", "Bosun's Torch")]
    [InlineData("rucksack", "Quay Backpack")]
    [InlineData("bosuns torch", "Bosun's Torch")]
    public async Task Things_are_found_under_other_words(string search, string name) => Assert.Contains(await NamesAsync(search), found => found.StartsWith(name, StringComparison.Ordinal));

    [Theory]
    [InlineData("latnern", "lantern")]
    [InlineData("lanturn", "lantern")]
    [InlineData("sweeter", "sweater")]
    [InlineData("bckpack", "backpack")]
    public async Task Slips_are_corrected_and_said(string search, string corrected)
    {
        var list = (await catalog.Host.GetAsync("/api/products?search=" + search)).Expect(200).Json;
        Assert.Equal(corrected, (string)list["corrected"]!);
        Assert.True((int)list["total"]! > 0);
    }

    [Fact]
    public async Task When_nothing_has_all_the_words_some_will_do()
    {
        Assert.NotEmpty(await NamesAsync("lantern compass"));
        Assert.Empty(await NamesAsync("qqqqzzzz"));
        Assert.Empty(await NamesAsync("%%%"));
    }

    [Theory]
    [InlineData("\" OR 1=1 --")]
    [InlineData("name:x NEAR(a b) AND NOT *")]
    [InlineData("'; DROP TABLE products; --")]
    [InlineData("{}[]()^:*")]
    public async Task What_means_something_to_the_database_means_nothing_here(string search) =>
        (await catalog.Host.GetAsync("/api/products?search=" + Uri.EscapeDataString(search))).Expect(200);

    [Fact]
    public void Found_words_are_marked_and_the_rest_stays_text()
    {
        using var writer = new StringWriter();
        Highlighter.Mark("<b> Lanterns & lamp", ["lantern"]).WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        Assert.Equal("&lt;b&gt; <mark>Lanterns</mark> &amp; lamp", writer.ToString());
    }

    [Theory]
    [InlineData("lantern", "lantern", 0)]
    [InlineData("latnern", "lantern", 1)]
    [InlineData("lantrn", "lantern", 1)]
    [InlineData("lanntern", "lantern", 1)]
    [InlineData("lsntetn", "lantern", 2)]
    [InlineData("abc", "xyz", 3)]
    public void The_distance_counts_slips(string left, string right, int distance) => Assert.Equal(distance, EditDistance.Between(left, right, limit: 2));

    [Fact]
    public async Task On_postgresql_the_same_is_found()
    {
        await using var postgres = await PostgresServerProcess.StartAsync(TestContext.Current.CancellationToken);
        await using var host = await CatalogHost.StartAsync(store, settings: ("ConnectionStrings:catalogdb", postgres.ConnectionString("catalog")));
        foreach (var (search, name) in new[] { ("lanterns", "Storm Lantern"), ("latnern", "Storm Lantern"), ("jumper", "Fisherman's Sweater"), ("lant", "Storm Lantern") })
        {
            var found = (await host.GetAsync("/api/products?search=" + search)).Expect(200).Json["items"]!.AsArray().Select(item => (string)item!["name"]!);
            Assert.Contains(found, product => product.StartsWith(name, StringComparison.Ordinal));
        }

        await host.PageAsync("/");
        await host.PageAsync("/products?search=wool&maxPrice=50&inStock=true&minRating=4.3&sort=price");
        await host.PageAsync("/products/harbour-mug-sea");
    }

    private async Task<List<string>> NamesAsync(string search) =>
        [.. (await catalog.Host.GetAsync("/api/products?search=" + Uri.EscapeDataString(search))).Expect(200).Json["items"]!.AsArray().Select(item => (string)item!["name"]!)];
}
