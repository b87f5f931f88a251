using System.Globalization;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Administration;

/// <summary>A further size of a product, checked.</summary>
/// <param name="Size">The new size.</param>
/// <param name="Price">What it costs.</param>
/// <param name="Stock">Pieces on the shelf.</param>
/// <param name="ListedSize">The size of the listed product, where it had none so far.</param>
internal sealed record SizeDraft(string Size, decimal Price, int Stock, string? ListedSize)
{
    /// <summary>Reads what was typed; <paramref name="errors"/> says for each field what is expected. Null when there are any.</summary>
    public static SizeDraft? Read(Product listed, string? size, string? price, string? stock, string? listedSize, out Dictionary<string, string[]> errors)
    {
        errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var own = listed.Size ?? (listedSize ?? "").Trim();
        if (listed.Size is null && !ProductDraft.IsSize(own)) errors["listedSize"] = [T[$"Say which size this one is, in at most {ProductDraft.MaxSizeLength} characters."]];
        var wanted = (size ?? "").Trim();
        var taken = listed.Variants.Select(variant => variant.Size!).Append(own).Select(Slugs.Of);
        if (!ProductDraft.IsSize(wanted)) errors["size"] = [T[$"Give a size of at most {ProductDraft.MaxSizeLength} characters, for example XL or 42."]];
        else if (taken.Contains(Slugs.Of(wanted))) errors["size"] = [T["There is this size already."]];
        else if (listed.Variants.Count + 2 > ProductDraft.MaxSizes) errors["size"] = [T[$"A product has at most {ProductDraft.MaxSizes} sizes."]];
        var amount = ProductEdit.ReadPrice(string.IsNullOrWhiteSpace(price) ? listed.Price.ToString("0.00", CultureInfo.InvariantCulture) : price, errors);
        var pieces = ProductDraft.ReadStock(stock, errors);
        return errors.Count > 0 ? null : new SizeDraft(wanted, amount, pieces, listed.Size is null ? own : null);
    }
}
