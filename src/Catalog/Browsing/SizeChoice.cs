using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Browsing;

/// <summary>The sizes of one thing, to choose one of.</summary>
/// <param name="Sizes">From small to large; each is a product of its own.</param>
/// <param name="Chosen">The one that is chosen at first: the one asked for if it is there, else none, so that nobody buys a size unseen.</param>
/// <param name="ListPrice">What most of them cost.</param>
internal sealed record SizeChoice(IReadOnlyList<Product> Sizes, Product? Chosen, decimal ListPrice)
{
    private static readonly string[] Letters = ["XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL"];

    /// <summary>The choice on the page of a listed product; <see langword="null"/> when it comes in one size only.</summary>
    /// <param name="listed">The product, read with its other sizes.</param>
    /// <param name="wanted">The size whose address was opened.</param>
    public static SizeChoice? Of(Product listed, int wanted)
    {
        var sizes = listed.Variants.Where(variant => variant.RetiredAt is null).Append(listed).Where(one => one.Size is not null)
            .OrderBy(one => Array.IndexOf(Letters, one.Size)).ThenBy(one => one.Size!.Length).ThenBy(one => one.Size, StringComparer.Ordinal).ToList();
        if (sizes.Count < 2) return null;
        return new SizeChoice(sizes, sizes.Find(one => one.Id == wanted && one.Id != listed.Id && one.Available > 0), listed.Price);
    }
}
