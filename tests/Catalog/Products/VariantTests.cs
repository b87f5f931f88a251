using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Tests.Products;

/// <summary>Sizes are listed as one product, chosen on its page, and bought each from its own stock.</summary>
public sealed class VariantTests(StoreFixture store)
{
    /// <summary>The fisherman's sweater in navy, which comes in sizes.</summary>
    private const int Sweater = 128;

    private const string Page = "/products/fishermans-sweater-navy";

    [Fact]
    public async Task Lists_search_counts_and_sitemap_show_the_listed_size_alone()
    {
        await using var host = await CatalogHost.StartAsync(store);
        var sweaters = (await host.GetAsync("/api/products?search=fisherman&pageSize=100")).Json["items"]!.AsArray();
        Assert.Equal(2, sweaters.Count(item => ((string)item!["slug"]!).StartsWith("fishermans-sweater", StringComparison.Ordinal)));
        var all = (await host.GetAsync("/api/products")).Json;
        Assert.Equal((int)all["total"]!, (await host.GetAsync("/api/categories")).Json.AsArray().Sum(category => (int)category!["products"]!));
        Assert.DoesNotContain("fishermans-sweater-navy-s<", (await host.GetAsync("/sitemap.xml")).Text, StringComparison.Ordinal);
        var card = (await host.PageAsync("/products?search=fisherman")).QuerySelector($"[data-product-id='{Sweater}']")!;
        Assert.Null(card.QuerySelector("form"));
        Assert.Equal("Sizes", card.QuerySelector("a.button")!.TextContent);
    }

    [Fact]
    public async Task The_page_offers_each_size_and_the_form_sends_the_chosen_one()
    {
        await using var host = await CatalogHost.StartAsync(store);
        var page = await host.PageAsync(Page);
        var choices = page.QuerySelectorAll(".product form input[name='productId']");
        Assert.Equal(["XS", "S", "M", "L", "XL", "XXL"], page.QuerySelectorAll("[data-testid='size'] > span:first-child").Select(label => label.TextContent));
        Assert.DoesNotContain(choices, choice => choice.HasAttribute("checked"));
        Assert.Equal(choices.Length, choices.Select(choice => choice.GetAttribute("value")).Distinct().Count());
        Assert.Contains(choices, choice => choice.GetAttribute("value") == "128");

        var small = (await VariantsAsync(host)).Single(one => (string)one["size"]! == "S");
        var opened = await host.PageAsync($"{Page}-s");
        Assert.Equal(small["id"]!.ToJsonString(), Assert.Single(opened.QuerySelectorAll("input[name='productId'][checked]")).GetAttribute("value"));
        Assert.EndsWith(Page, opened.QuerySelector("link[rel='canonical']")!.GetAttribute("href"), StringComparison.Ordinal);
        // A product of one size is bought as ever.
        Assert.Equal("hidden", Assert.Single((await host.PageAsync("/products/cast-iron-skillet-26")).QuerySelectorAll(".product form input[name='productId']")).GetAttribute("type"));
    }

    [Fact]
    public async Task Each_size_has_its_own_stock_price_and_name_in_the_cart()
    {
        await using var host = await CatalogHost.StartAsync(store);
        var largest = (await VariantsAsync(host)).Single(one => (string)one["size"]! == "XXL");
        var (id, stock) = ((int)largest["id"]!, (int)largest["stock"]!);
        var listed = (await host.GetAsync($"/api/products/{Sweater}")).Json;
        Assert.Equal((decimal)listed["price"]! + 10, (decimal)largest["price"]!);
        (await HoldAsync(host, id, stock)).Expect(201);
        (await HoldAsync(host, id, 1)).ExpectProblem(409, "insufficient-stock");
        Assert.Equal((int)listed["stock"]!, await host.StockAsync(Sweater));
        Assert.Equal("Fisherman's Sweater, Navy, XXL", (string)(await host.GetAsync($"/internal/products?ids={id}")).Json[0]!["name"]!);
        var page = await host.PageAsync(Page);
        Assert.True(page.QuerySelector($"#size-{id}")!.HasAttribute("disabled"));
        Assert.NotNull(page.QuerySelector("[data-testid='add-to-cart']"));
    }

    [Fact]
    public async Task Sold_out_in_one_size_is_still_in_stock_until_all_are()
    {
        await using var host = await CatalogHost.StartAsync(store, settings: ("Catalog:Cache:MaxAge", "00:00:00"));
        var ids = (await VariantsAsync(host)).Select(one => (int)one["id"]!).Append(Sweater).ToArray();
        await SetStockAsync(host, [Sweater], 0);
        Assert.True(await IsListedInStockAsync(host));
        await SetStockAsync(host, ids, 0);
        Assert.False(await IsListedInStockAsync(host));
        Assert.Null((await host.PageAsync(Page)).QuerySelector(".product [data-testid='add-to-cart']"));
    }

    [Fact]
    public async Task Of_200_who_want_the_last_10_of_a_size_10_get_one()
    {
        var folder = Directory.CreateTempSubdirectory("shop-variant-").FullName;
        await using (var one = await CatalogHost.StartAsync(store, folder))
        await using (var two = await CatalogHost.StartAsync(store, folder))
        {
            var id = (int)(await VariantsAsync(one))[0]["id"]!;
            await SetStockAsync(one, [id], 10);
            var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => HoldAsync(i % 2 == 0 ? one : two, id, 1)));
            Assert.Equal((10, 190), (replies.Count(reply => reply.Status == 201), replies.Count(reply => reply.Status == 409)));
            Assert.Equal(0, await two.StockAsync(id));
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<List<JsonNode>> VariantsAsync(CatalogHost host) => [.. (await host.GetAsync($"/api/products/{Sweater}")).Json["variants"]!.AsArray().Select(one => one!)];

    private static async Task<bool> IsListedInStockAsync(CatalogHost host) =>
        (await host.GetAsync("/api/products?search=fisherman&inStock=true&pageSize=100")).Json["items"]!.AsArray().Any(item => (int)item!["id"]! == Sweater);

    private static async Task SetStockAsync(CatalogHost host, int[] products, int stock)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CatalogContext>().Products.Where(product => products.Contains(product.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(product => product.Stock, stock).SetProperty(product => product.Held, 0), TestContext.Current.CancellationToken);
    }

    private static Task<Reply> HoldAsync(CatalogHost host, int product, int quantity) =>
        host.SendAsync(HttpMethod.Post, "/internal/holds", new { orderId = Guid.NewGuid(), lines = new[] { new { productId = product, quantity } }, seconds = 60 });
}
