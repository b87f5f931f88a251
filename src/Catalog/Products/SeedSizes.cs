namespace ShopSession.Catalog.Products;

/// <summary>Which sizes a kind of thing comes in at the first start.</summary>
/// <param name="Kind">The drawing that shows it.</param>
/// <param name="Sizes">From small to large.</param>
/// <param name="Listed">The size that the listed product itself is.</param>
/// <param name="Surcharges">What a size costs more.</param>
internal sealed record SeedSizes(string Kind, string[] Sizes, string Listed, Dictionary<string, decimal>? Surcharges)
{
    /// <summary>The listed product in its size, followed by its other sizes under ids from <paramref name="firstId"/>. Pieces are shared out, the listed size keeping what is left over.</summary>
    public IEnumerable<Product> Of(Product product, int firstId)
    {
        var share = product.Stock / Sizes.Length;
        yield return product.With(product.Id, product.Slug, product.Price, product.Stock - (share * (Sizes.Length - 1)), Listed, parent: null);
        foreach (var size in Sizes.Where(size => size != Listed))
        {
            yield return product.With(firstId++, ProductVariants.SlugOf(product.Slug, size), product.Price + (Surcharges?.GetValueOrDefault(size) ?? 0), share, size, product.Id);
        }
    }
}
