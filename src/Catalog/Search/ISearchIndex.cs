using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Search;

/// <summary>A product that was found.</summary>
/// <param name="Id">The product.</param>
/// <param name="Score">How well it fits; more is better. Comparable within one answer only.</param>
internal sealed record SearchHit(int Id, double Score);

/// <summary>The database's own full-text search.</summary>
internal interface ISearchIndex
{
    /// <summary>The most products that one search finds.</summary>
    const int MaxHits = 2000;

    /// <summary>Writes the index anew from the products.</summary>
    Task RebuildAsync(CatalogContext database, CancellationToken cancellationToken);

    /// <summary>Writes the entry of one product anew.</summary>
    Task UpdateAsync(CatalogContext database, Product before, Product after, CancellationToken cancellationToken);

    /// <summary>Writes the entry of a product that is listed from now on; it has its category.</summary>
    Task AddAsync(CatalogContext database, Product product, CancellationToken cancellationToken);

    /// <summary>Takes the entry of a product away.</summary>
    Task RemoveAsync(CatalogContext database, Product product, CancellationToken cancellationToken);

    /// <summary>Products that have every one of the words, or a word that begins with it, best first.</summary>
    Task<IReadOnlyList<SearchHit>> FindAsync(CatalogContext database, IReadOnlyList<string> terms, bool anyTerm, CancellationToken cancellationToken);
}
