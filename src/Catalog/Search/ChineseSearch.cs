using System.Text;
using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Localization;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Search;

/// <summary>
/// Finds products by their Chinese words. The databases' own indexes cut text at spaces, which Chinese has none of; so, as is usual for it, a search is cut into pairs of characters, and a
/// product fits when it has them all, or else at least half of them. It looks at every product: right for hundreds of them, some milliseconds for ten thousand.
/// </summary>
internal static class ChineseSearch
{
    public static bool Handles(string search) => search.EnumerateRunes().Any(IsHan);

    /// <summary>The scores by product.</summary>
    public static async Task<Dictionary<int, double>> FindAsync(CatalogContext database, string search, CancellationToken cancellationToken)
    {
        var pairs = Pairs(search).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var products = await database.Listed.Select(product => new { product.Id, product.Name, product.ChineseName, product.Summary, product.ChineseSummary, Category = product.Category!.Name }).ToListAsync(cancellationToken);
        var found = products.Select(product => (product.Id, Found: Compare(pairs, Chinese(product.Name, product.ChineseName), Chinese(product.Category), Chinese(product.Summary, product.ChineseSummary)))).Where(hit => hit.Found.Pairs > 0).ToList();
        var best = found.Any(hit => hit.Found.Pairs == pairs.Count) ? pairs.Count : (pairs.Count + 1) / 2;
        return found.Where(hit => hit.Found.Pairs >= best).ToDictionary(hit => hit.Id, hit => hit.Found.Score);
    }

    /// <summary>Two characters each; a single one stands alone, and words in Latin letters stay whole.</summary>
    internal static IEnumerable<string> Pairs(string search)
    {
        foreach (var word in SearchTerms.Words(search))
        {
            if (!word.EnumerateRunes().All(IsHan) || word.Length <= 2) yield return word;
            else for (var i = 0; i + 1 < word.Length; i++) yield return word.Substring(i, 2);
        }
    }

    private static (int Pairs, double Score) Compare(List<string> pairs, string name, string category, string summary)
    {
        var (count, score) = (0, 0d);
        foreach (var pair in pairs)
        {
            var worth = (Has(name, pair) ? 10 : 0) + (Has(category, pair) ? 4 : 0) + (Has(summary, pair) ? 3 : 0);
            if (worth > 0) count++;
            score += worth;
        }

        return (count, score);
    }

    private static string Chinese(string english, string? given = null) => Goods.ChineseOf(given, english) is { Length: > 0 } chinese ? chinese : english;

    private static bool Has(string text, string pair) => text.Contains(pair, StringComparison.OrdinalIgnoreCase);

    // CJK Unified Ideographs and their extension A: all that names of goods are written with.
    private static bool IsHan(Rune rune) => rune.Value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF);
}
