using ShopSession.Cart.Carts;

namespace ShopSession.Cart.Catalog;

/// <summary>What the cart asks of the Catalog: prices and stock are its alone. Safe for concurrent use.</summary>
internal interface ICatalog
{
    /// <summary>The products as they are sold now; unknown ids are left out.</summary>
    /// <exception cref="CatalogUnavailableException">The Catalog did not answer.</exception>
    Task<IReadOnlyDictionary<ProductId, Product>> FindAsync(IReadOnlyCollection<ProductId> ids, CancellationToken cancellationToken);
}

/// <summary>The Catalog cannot be reached, or answers with a fault.</summary>
internal sealed class CatalogUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>The Catalog knows no such product.</summary>
internal sealed class UnknownProductException(ProductId product) : Exception(T[$"There is no product {product}."])
{
    public ProductId Product { get; } = product;
}

/// <summary>The product is known but no longer sold.</summary>
internal sealed class ProductUnavailableException(Product product) : Exception(T[$"{product.Name} is no longer sold."]);
