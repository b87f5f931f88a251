using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ShopSession.Cart.Carts;

namespace ShopSession.Cart.Catalog;

/// <summary>The Catalog over its internal HTTP interface. Products are named in the language of the request.</summary>
internal sealed class HttpCatalog(IHttpClientFactory clients) : ICatalog
{
    public const string Client = "catalog";

    /// <summary>A shopper waits for this: better a cart with last known prices than none.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<IReadOnlyDictionary<ProductId, Product>> FindAsync(IReadOnlyCollection<ProductId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return new Dictionary<ProductId, Product>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var products = await clients.CreateClient(Client).GetFromJsonAsync<ProductJson[]>(
                $"/internal/products?ids={string.Join(',', ids)}&language={CultureInfo.CurrentUICulture.Name}", limit.Token);
            return products!.ToDictionary(product => new ProductId(product.Id), product => product.ToProduct());
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            throw new CatalogUnavailableException("The catalog did not answer with products.", exception);
        }
    }

    /// <summary>Whether the Catalog is to blame: a fault or silence, not the caller's own going away.</summary>
    internal static bool IsNoAnswer(Exception exception, CancellationToken caller) => exception switch
    {
        HttpRequestException or JsonException or TimeoutException => true,
        OperationCanceledException => !caller.IsCancellationRequested,
        _ => exception.GetType().FullName == "Polly.Timeout.TimeoutRejectedException",
    };

    private sealed record ProductJson(int Id, string Slug, string Name, decimal Price, string Currency, int Stock, string? ImageUrl, bool Available, bool Retired = false)
    {
        public Product ToProduct() => new(new ProductId(Id), Slug, Name, Price, Currency, Stock, ImageUrl, Available, Retired);
    }
}
