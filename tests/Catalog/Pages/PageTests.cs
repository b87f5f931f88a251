using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace ShopSession.Catalog.Tests.Pages;

public sealed class PageTests(CatalogFixture catalog) : IClassFixture<CatalogFixture>
{
    private CatalogHost Host => catalog.Host;

    [Theory]
    [InlineData("/")]
    [InlineData("/products")]
    [InlineData("/products?search=wool&sort=price")]
    [InlineData("/products/harbour-mug-sea")]
    public async Task Every_page_has_the_shared_frame(string path)
    {
        var page = await Host.PageAsync(path, headers: ("Host", "shop.localhost:8080"));
        Assert.NotNull(page.QuerySelector("[data-testid=sign-in]"));
        Assert.NotNull(page.QuerySelector("[data-testid=cart-count]"));
        Assert.Equal("catalog-1", page.QuerySelector("[data-testid=replica]")!.TextContent);
        Assert.Equal("#main", page.QuerySelector(".skip-link")!.GetAttribute("href"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.NotNull(page.QuerySelector("link[rel=canonical]"));
        Assert.NotEmpty(page.QuerySelectorAll("[data-testid=product-card], [data-testid=add-to-cart]"));
        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src]):not([type='application/ld+json'])"));
        Assert.All(page.QuerySelectorAll("img"), image => Assert.True(image.HasAttribute("alt") && image.HasAttribute("width") && image.HasAttribute("height")));
    }

    [Fact]
    public async Task Anonymous_browsing_starts_no_session()
    {
        var cookies = (await Host.GetAsync("/products/harbour-mug-sea", ("Accept", "text/html"))).Header("Set-Cookie");
        Assert.DoesNotContain("shop.sid", cookies ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_posts_to_the_cart_with_a_token_and_the_way_back()
    {
        var page = await Host.PageAsync("/products/harbour-mug-sea");
        var form = (IHtmlFormElement)page.QuerySelector(".product [data-testid=add-to-cart]")!.Closest("form")!;
        Assert.Equal("http://cart.shop.localhost:8080/items", form.GetAttribute("action"));
        Assert.Equal("post", form.GetAttribute("method"));
        Assert.NotEmpty(form.QuerySelector("input[name=__token]")!.GetAttribute("value")!);
        Assert.Equal("http://catalog.shop.localhost:8080/products/harbour-mug-sea", form.QuerySelector("input[name=returnUrl]")!.GetAttribute("value"));
        Assert.True(int.Parse(form.QuerySelector("input[name=productId]")!.GetAttribute("value")!, System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.Equal("1", form.QuerySelector("input[name=quantity]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task What_is_sold_out_cannot_be_added()
    {
        var page = await Host.PageAsync("/products/brass-telescope-20x");
        Assert.Null(page.QuerySelector(".product [data-testid=add-to-cart]"));
        Assert.Contains("Sold out", page.QuerySelector(".stock")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_shows_its_words_marked_and_as_text()
    {
        var page = await Host.PageAsync("/products?search=" + Uri.EscapeDataString("lantern <script>alert(1)</script>"));
        Assert.Contains("<script>", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main script"));
        Assert.Equal("Lantern", page.QuerySelector(".product-card mark")!.TextContent);
        Assert.StartsWith("lantern", page.QuerySelector<IHtmlInputElement>("#site-search")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrected_search_says_so()
    {
        var page = await Host.PageAsync("/products?search=latnern");
        Assert.Contains("lantern", page.QuerySelector(".alert")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_without_result_says_what_to_do()
    {
        var page = await Host.PageAsync("/products?search=qqqqzzzz");
        Assert.NotNull(page.QuerySelector("[data-testid=empty] a.button"));
        var filtered = await Host.PageAsync("/products?category=play&minPrice=5000");
        Assert.NotNull(filtered.QuerySelector("[data-testid=empty] a.button"));
        var beyond = await Host.PageAsync("/products?page=500");
        Assert.Contains("not that long", beyond.QuerySelector("[data-testid=empty]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_counts_what_it_would_leave()
    {
        var page = await Host.PageAsync("/products?maxPrice=20&inStock=true");
        foreach (var choice in page.QuerySelectorAll("input[name=category]:not([value=''])").Take(3))
        {
            var said = int.Parse(choice.ParentElement!.QuerySelector(".count")!.TextContent, System.Globalization.CultureInfo.InvariantCulture);
            var list = (await Host.GetAsync($"/api/products?maxPrice=20&inStock=true&category={choice.GetAttribute("value")}")).Expect(200).Json;
            Assert.Equal(said, (int)list["total"]!);
        }
    }

    [Fact]
    public async Task Page_links_keep_the_wishes_and_the_first_page_has_one_address()
    {
        var page = await Host.PageAsync("/products?sort=price&page=2");
        var links = page.QuerySelectorAll(".pagination a").Select(link => link.GetAttribute("href")).ToList();
        Assert.Contains("/products?sort=price", links);
        Assert.Contains("/products?sort=price&page=3", links);
        Assert.Equal("2", page.QuerySelector(".pagination [aria-current=page]")!.TextContent);
    }

    [Fact]
    public async Task A_bad_address_shows_the_rest_and_names_what_was_bad()
    {
        var page = await Host.PageAsync("/products?minPrice=abc&page=2", 400);
        Assert.Contains("minPrice", page.QuerySelector(".alert--error")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelectorAll("[data-testid=product-card]"));
    }

    [Theory]
    [InlineData("/products/none")]
    [InlineData("/products?category=none")]
    [InlineData("/nowhere")]
    public async Task What_is_not_there_gets_the_shops_404(string path) => Assert.Contains("nothing here", (await Host.PageAsync(path, 404)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);

    [Fact]
    public async Task Structured_data_says_what_the_page_says()
    {
        var page = await Host.PageAsync("/products/harbour-mug-sea");
        var data = System.Text.Json.Nodes.JsonNode.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent)!;
        Assert.Equal("Product", (string)data["@type"]!);
        Assert.Equal("16.00", (string)data["offers"]!["price"]!);
        Assert.Equal("EUR", (string)data["offers"]!["priceCurrency"]!);
        Assert.InRange((double)data["aggregateRating"]!["ratingValue"]!, 1, 5);
        Assert.InRange((int)data["aggregateRating"]!["ratingCount"]!, 1, int.MaxValue);
        Assert.Equal("http://catalog.shop.localhost:8080/products/harbour-mug-sea", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task The_sitemap_names_every_product()
    {
        var map = (await Host.GetAsync("/sitemap.xml")).Expect(200);
        Assert.Equal("application/xml", map.ContentType);
        var total = (int)(await Host.GetAsync("/api/products")).Json["total"]!;
        Assert.Equal(total, System.Text.RegularExpressions.Regex.Count(map.Text, "<loc>http://catalog.shop.localhost:8080/products/[^<]+</loc>"));
        Assert.Contains("Sitemap: http://catalog.shop.localhost:8080/sitemap.xml", (await Host.GetAsync("/robots.txt")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_looked_at_is_remembered_for_those_who_have_a_session()
    {
        var session = (await Host.SendAsync(HttpMethod.Post, "/test/session")).Expect(200).Header("Set-Cookie")!.Split(';')[0];
        var first = await Host.PageAsync("/products/harbour-mug-sea", headers: ("Cookie", session));
        Assert.Null(first.QuerySelector("[data-testid=recently-viewed]"));
        var second = await Host.PageAsync("/products/enamel-mug-white", headers: ("Cookie", session));
        Assert.Contains("Harbour Mug, Sea", second.QuerySelector("[data-testid=recently-viewed]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_theme_that_was_chosen_is_sent_with_the_page()
    {
        Assert.Equal("dark", (await Host.PageAsync("/", headers: ("Cookie", "__Secure-shop.theme=dark"))).DocumentElement.GetAttribute("data-theme"));
        Assert.Null((await Host.PageAsync("/", headers: ("Cookie", "__Secure-shop.theme=x\"y"))).DocumentElement.GetAttribute("data-theme"));
        Assert.Null((await Host.PageAsync("/")).DocumentElement.GetAttribute("data-theme"));
    }
}
