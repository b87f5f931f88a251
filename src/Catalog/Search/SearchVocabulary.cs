using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Search;

/// <summary>The words that can be found, to guess what a mistyped one was meant to be.</summary>
internal static class SearchVocabulary
{
    public static async Task RebuildAsync(CatalogContext database, CancellationToken cancellationToken)
    {
        var texts = await database.Listed.Select(product => new { product.Name, product.Words, product.Summary, Category = product.Category!.Name }).ToListAsync(cancellationToken);
        var words = texts.SelectMany(text => new[] { text.Name, text.Words, text.Summary, text.Category }.SelectMany(SearchTerms.Words).Distinct())
            .Where(word => word.Length >= 3)
            .CountBy(word => word)
            .ToList();
        await database.SearchWords.ExecuteDeleteAsync(cancellationToken);
        database.SearchWords.AddRange(words.Select(pair => new SearchWord { Word = pair.Key, Products = pair.Value }));
        await database.SaveChangesAsync(cancellationToken);
        database.ChangeTracker.Clear();
    }

    /// <summary>Counts the words of one product anew; <see langword="null"/>: it was not, or is no longer, to be found.</summary>
    public static async Task UpdateAsync(CatalogContext database, Product? before, Product? after, CancellationToken cancellationToken)
    {
        var (old, now) = (WordsOf(before), WordsOf(after));
        foreach (var word in old.Except(now)) await database.SearchWords.Where(w => w.Word == word).ExecuteUpdateAsync(set => set.SetProperty(w => w.Products, w => w.Products - 1), cancellationToken);
        await database.SearchWords.Where(w => w.Products <= 0).ExecuteDeleteAsync(cancellationToken);
        foreach (var word in now.Except(old))
        {
            await database.Database.ExecuteSqlAsync($"INSERT INTO search_words (word, products) VALUES ({word}, 1) ON CONFLICT (word) DO UPDATE SET products = search_words.products + 1", cancellationToken);
        }
    }

    private static HashSet<string> WordsOf(Product? product) => product is null ? [] : new[] { product.Name, product.Words, product.Summary, product.Category!.Name }
        .SelectMany(SearchTerms.Words).Where(word => word.Length >= 3).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// The known word nearest to <paramref name="term"/>: one slip for words up to 5 letters, two for longer ones; among equals the one
    /// with the same first letter, then the commoner one. <see langword="null"/>: it is known, or nothing is near.
    /// </summary>
    public static async Task<string?> CorrectAsync(CatalogContext database, string term, CancellationToken cancellationToken)
    {
        if (term.Length < 3) return null;
        var slips = term.Length <= 5 ? 1 : 2;
        int shortest = term.Length - slips, longest = term.Length + slips;
        var near = await database.SearchWords.AsNoTracking().Where(word => word.Word.Length >= shortest && word.Word.Length <= longest).ToListAsync(cancellationToken);
        return near.Select(word => (word, distance: EditDistance.Between(term, word.Word, slips)))
            .Where(pair => pair.distance is > 0 && pair.distance <= slips)
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.word.Word[0] == term[0] ? 0 : 1)
            .ThenByDescending(pair => pair.word.Products)
            .ThenBy(pair => pair.word.Word, StringComparer.Ordinal)
            .Select(pair => pair.word.Word)
            .FirstOrDefault();
    }
}

/// <summary>A word that can be found, and in how many products.</summary>
public sealed class SearchWord
{
    public required string Word { get; init; }

    public int Products { get; init; }
}
