using System.Globalization;
using System.Text.RegularExpressions;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Administration;

/// <summary>A product that an administrator wants to add, checked.</summary>
/// <param name="Text">What it says and costs.</param>
/// <param name="Slug">Its address.</param>
/// <param name="CategoryId">Its department.</param>
/// <param name="Kind">The drawing that shows it.</param>
/// <param name="Palette">The drawing's three colours.</param>
/// <param name="Stock">Pieces on the shelf; of each size.</param>
/// <param name="Sizes">The sizes, the listed one first; empty: one only.</param>
internal sealed partial record ProductDraft(ProductEdit Text, string Slug, int CategoryId, string Kind, string Palette, int Stock, IReadOnlyList<string> Sizes)
{
    public const int MaxSizes = 12;
    public const int MaxSizeLength = 12;
    private const int MaxStock = 100_000;

    /// <summary>Reads what was typed; <paramref name="errors"/> says for each field what is expected. Null when there are any.</summary>
    public static ProductDraft? Read(ProductInput input, IReadOnlyCollection<Category> categories, IReadOnlyCollection<string> kinds, out Dictionary<string, string[]> errors)
    {
        var text = ProductEdit.Read(input.Name, input.Price, input.Summary, input.Description, input.Chinese, out errors);
        var slug = (input.Slug ?? "").Trim();
        if (slug.Length == 0) slug = Slugs.Of(input.Name ?? "");
        if (!Slugs.IsSlug(slug)) errors["slug"] = [T[$"Use 1 to {Slugs.MaxLength} lower-case letters a to z, digits and single hyphens, for example storm-lantern-black."]];
        var category = categories.FirstOrDefault(one => one.Slug == input.Category?.Trim());
        if (category is null) errors["category"] = [T["Choose one of the departments."]];
        var kind = (input.Kind ?? "").Trim();
        if (!kinds.Contains(kind)) errors["kind"] = [T["Choose one of the drawings that there are, for example lantern or mug."]];
        var colours = new[] { input.Colour1, input.Colour2, input.Colour3 };
        if (!colours.All(colour => Colour().IsMatch(colour ?? ""))) errors["colours"] = [T["Give three colours as #rrggbb, for example #c8402f."]];
        var stock = ReadStock(input.Stock, errors);
        var sizes = ReadSizes(input.Sizes, errors);
        return errors.Count > 0 ? null : new ProductDraft(text!, slug, category!.Id, kind, string.Join(' ', colours).ToLowerInvariant(), stock, sizes);
    }

    /// <summary>Whether the text may be a size; it is part of an address and of a line in the cart.</summary>
    public static bool IsSize(string text) => text.Length is > 0 and <= MaxSizeLength && Slugs.Of(text).Length > 0 && !text.Any(char.IsControl);

    internal static int ReadStock(string? typed, Dictionary<string, string[]> errors)
    {
        if (int.TryParse((typed ?? "").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var stock) && stock <= MaxStock) return stock;
        errors["stock"] = [T[$"Give a whole number from 0 to {MaxStock}."]];
        return 0;
    }

    private static List<string> ReadSizes(string? typed, Dictionary<string, string[]> errors)
    {
        // The commas of a Chinese keyboard count as well.
        var sizes = (typed ?? "").Split([',', '，', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
        if (sizes.Count == 1 || sizes.Count > MaxSizes || !sizes.All(IsSize) || sizes.DistinctBy(Slugs.Of).Count() < sizes.Count)
            errors["sizes"] = [T[$"Leave it empty, or give 2 to {MaxSizes} different sizes with commas between them, each at most {MaxSizeLength} characters: M, S, L. Lists show the first."]];
        return sizes;
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex Colour();
}
