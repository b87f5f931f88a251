using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ShopSession.Catalog.Caching;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Tests.Caching;

/// <summary>What everybody may see is remembered for a moment; what belongs to a visitor never is, here or on the way.</summary>
public sealed class CatalogCacheTests(StoreFixture store)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_shows_its_own_visitor_only_however_often_it_was_asked_for()
    {
        await using var host = await CatalogHost.StartAsync(store, settings: ("Catalog:Cache:MaxAge", "01:00:00"));
        foreach (var path in (string[])["/", "/products", "/products?category=weather", "/products/harbour-mug-sea"])
        {
            var ada = new Browser(host);
            await ada.SignInAsync("ada-of-" + path.Length);
            Assert.Contains("ada-of-" + path.Length, (await ada.PageAsync(path)).QuerySelector("[data-testid='user-name']")!.TextContent, StringComparison.Ordinal);

            var (one, two) = (await host.GetAsync(path, ("Accept", "text/html")), await host.GetAsync(path, ("Accept", "text/html")));
            foreach (var reply in (Reply[])[one, two])
            {
                Assert.DoesNotContain("ada-of-", reply.Expect(200).Text, StringComparison.Ordinal);
                Assert.DoesNotContain("shop.sid", reply.Header("Set-Cookie") ?? "", StringComparison.Ordinal);
                Assert.Contains("no-store", reply.Header("Cache-Control"), StringComparison.Ordinal);
            }
            // Each stranger gets a token of their own.
            Assert.NotEqual(one.Header("Set-Cookie"), two.Header("Set-Cookie"));
            Assert.NotEqual(TokenOf(one), TokenOf(two));
        }
    }

    [Fact]
    public async Task What_others_may_keep_carries_no_cookie_even_for_a_visitor_with_a_session()
    {
        await using var host = await CatalogHost.StartAsync(store);
        var ada = new Browser(host);
        await ada.SignInAsync("ada");
        var picture = (string)(await host.GetAsync("/api/products/1")).Json["imageUrl"]!;
        foreach (var path in (string[])["/api/products", "/api/products/1", "/api/categories", "/sitemap.xml", "/robots.txt", new Uri(picture, UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } url ? url.PathAndQuery : picture])
        {
            var (known, stranger) = (await ada.GetAsync(path), await host.GetAsync(path));
            Assert.Equal((200, null, stranger.Text), (known.Status, known.Header("Set-Cookie"), known.Text));
            Assert.DoesNotContain("no-store", known.Header("Cache-Control") ?? "no-store", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_list_is_remembered_and_a_single_product_is_not()
    {
        await using var host = await CatalogHost.StartAsync(store, settings: ("Catalog:Cache:MaxAge", "01:00:00"));
        var before = await StockInListAsync(host);
        await SetStockAsync(host, 77);
        Assert.Equal(before, await StockInListAsync(host));
        Assert.Equal(77, await host.StockAsync(1));
        host.Services.GetRequiredService<CatalogCache>().Clear();
        Assert.Equal(77, await StockInListAsync(host));
    }

    [Fact]
    public async Task Without_an_age_nothing_is_remembered()
    {
        await using var host = await CatalogHost.StartAsync(store, settings: ("Catalog:Cache:MaxAge", "00:00:00"));
        await StockInListAsync(host);
        await SetStockAsync(host, 77);
        Assert.Equal(77, await StockInListAsync(host));
    }

    [Fact]
    public async Task Of_many_who_miss_at_once_one_reads_and_a_failed_reading_is_not_remembered()
    {
        using var cache = new CatalogCache(Options.Create(new CatalogCacheOptions()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => cache.GetAsync<string>("key", () => throw new InvalidOperationException("The database is away."), Token));
        var reads = 0;
        var gate = new TaskCompletionSource();
        var all = Enumerable.Range(0, 50).Select(_ => cache.GetAsync("key", ReadAsync, Token)).ToArray();
        gate.SetResult();
        Assert.All(await Task.WhenAll(all), value => Assert.Equal("read", value));
        Assert.Equal(1, reads);

        async Task<string> ReadAsync()
        {
            Interlocked.Increment(ref reads);
            await gate.Task;
            return "read";
        }
    }

    [Fact]
    public async Task It_holds_no_more_than_it_may()
    {
        using var cache = new CatalogCache(Options.Create(new CatalogCacheOptions { Entries = 10 }));
        for (var i = 0; i < 500; i++) await cache.GetAsync(i, () => Task.FromResult("value"), Token);
        var kept = 0;
        for (var i = 0; i < 500; i++) kept += await cache.GetAsync(i, () => Task.FromResult("anew"), Token) == "value" ? 1 : 0;
        Assert.InRange(kept, 0, 10);
    }

    private static async Task<int> StockInListAsync(CatalogHost host) =>
        (int)(await host.GetAsync("/api/products?pageSize=100")).Json["items"]!.AsArray().Concat((await host.GetAsync("/api/products?pageSize=100&page=2")).Json["items"]!.AsArray()).Single(item => (int)item!["id"]! == 1)!["stock"]!;

    private static async Task SetStockAsync(CatalogHost host, int stock)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CatalogContext>().Products.Where(product => product.Id == 1)
            .ExecuteUpdateAsync(set => set.SetProperty(product => product.Stock, stock).SetProperty(product => product.Held, 0), Token);
    }

    private static string? TokenOf(Reply reply) => Browser.Read(reply).QuerySelector("input[name='__token']")?.GetAttribute("value");
}
