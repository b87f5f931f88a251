using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ShopSession.Cart.Tests.Hosting;

/// <summary>The Catalog's internal interface over real HTTP, with products and stock that the test sets.</summary>
public sealed class FakeCatalog : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<int, FakeProduct> _products = new();
    private volatile bool _down;

    private FakeCatalog(WebApplication app)
    {
        _app = app;
        Stock = new FakeStock(_products);
    }

    public string Url => _app.Urls.Single();

    public FakeStock Stock { get; }

    public static async Task<FakeCatalog> StartAsync(int products = 100)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var catalog = new FakeCatalog(builder.Build());
        for (var id = 1; id <= products; id++)
        {
            catalog._products[id] = new FakeProduct(id, $"product-{id}", $"Product {id}", 1.50m * id, "EUR", 1000, $"/images/{id}.svg", true);
        }
        catalog.Map();
        await catalog._app.StartAsync();
        return catalog;
    }

    public void Set(int id, Func<FakeProduct, FakeProduct> change) => _products[id] = change(_products[id]);

    public int StockOf(int id) => _products[id].Stock;

    public void Remove(int id) => _products.TryRemove(id, out _);

    /// <summary>Answers everything with 503, as a Catalog in trouble does.</summary>
    public void Fail(bool down = true) => _down = down;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Map()
    {
        _app.Use((context, next) =>
        {
            if (!_down) return next(context);
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        _app.MapGet("/internal/products", (string ids) => ids.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => _products.GetValueOrDefault(int.Parse(id, CultureInfo.InvariantCulture)))
            .OfType<FakeProduct>());
        Stock.Map(_app);
    }
}

public sealed record FakeProduct(int Id, string Slug, string Name, decimal Price, string Currency, int Stock, string? ImageUrl, bool Available, bool Retired = false);
