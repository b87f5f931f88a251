using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using ShopSession.Catalog.Caching;
using ShopSession.Catalog.Products;
using ShopSession.Catalog.Search;
using ShopSession.Catalog.Stock;
using ShopSession.Data;

namespace ShopSession.Catalog.Administration;

/// <summary>What came of a change.</summary>
internal enum EditOutcome
{
    Done,

    /// <summary>There is no such product.</summary>
    Unknown,

    /// <summary>Somebody else changed it since it was seen.</summary>
    Changed,

    /// <summary>More pieces would be taken away than are free.</summary>
    TooFew,
}

/// <summary>Changes products and writes down who did. Each change is one transaction with one conditional update. Scoped: one per request.</summary>
internal sealed class ProductEditor(CatalogContext database, ShopDatabase<CatalogContext> facts, StockWriteGate gate, ISearchIndex index, CatalogCache cache, TimeProvider time)
{
    /// <summary>Changes what a product says, if it still is at the revision that was seen.</summary>
    public async Task<EditOutcome> EditAsync(int id, long seen, ProductEdit edit, ClaimsPrincipal actor, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(facts.Facts.Provider, cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var product = await FindAsync(id, cancellationToken);
        if (product is null) return EditOutcome.Unknown;
        if (product.Revision != seen) return EditOutcome.Changed;
        var differences = edit.DifferencesFrom(product).ToList();
        if (differences.Count == 0) return EditOutcome.Done;

        var words = edit.ToWords(product);
        var changed = await database.Products.Where(p => p.Id == id && p.Revision == seen).ExecuteUpdateAsync(
            set => Say(set, words).SetProperty(p => p.Price, edit.Price).SetProperty(p => p.Revision, seen + 1), cancellationToken);
        if (changed == 0) return EditOutcome.Changed;
        database.Changes.AddRange(differences.Select(difference => ProductChange.Of(id, actor, time.GetUtcNow(), difference.Field, difference.Before, difference.After)));
        await database.SaveChangesAsync(cancellationToken);
        if (words != ProductWords.Of(product)) await SpreadAsync(product, words, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Clear();
        return EditOutcome.Done;
    }

    /// <summary>Puts pieces on the shelf or takes them off, once for each key; never more than are free.</summary>
    public async Task<EditOutcome> AdjustAsync(int id, StockAdjustment adjustment, ClaimsPrincipal actor, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(facts.Facts.Provider, cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var pieces = adjustment.Pieces;
        var changed = await database.Products.Where(p => p.Id == id && p.Stock - p.Held + pieces >= 0)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Stock, p => p.Stock + pieces), cancellationToken);
        if (await database.Changes.AnyAsync(change => change.Key == adjustment.Key, cancellationToken)) return EditOutcome.Done;
        if (changed == 0) return await database.Products.AnyAsync(p => p.Id == id, cancellationToken) ? EditOutcome.TooFew : EditOutcome.Unknown;

        var after = await database.Products.Where(p => p.Id == id).Select(p => p.Stock).SingleAsync(cancellationToken);
        database.Changes.Add(ProductChange.Of(id, actor, time.GetUtcNow(), "stock", Text(after - pieces), Text(after), adjustment.Reason, adjustment.Key));
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            cache.Clear();
            return EditOutcome.Done;
        }
        // The same press came twice at once and the other was first: what this one did is undone.
        catch (DbUpdateException)
        {
            await transaction.RollbackAsync(cancellationToken);
            database.ChangeTracker.Clear();
            if (await database.Changes.AnyAsync(change => change.Key == adjustment.Key, cancellationToken)) return EditOutcome.Done;
            throw;
        }
    }

    // The price is a size's own; what it says is said of all sizes, and found under the listed one.
    private async Task SpreadAsync(Product product, ProductWords words, CancellationToken cancellationToken)
    {
        var (id, listed) = (product.Id, product.ParentId ?? product.Id);
        var before = (await FindAsync(listed, cancellationToken))!;
        await database.Products.Where(p => (p.Id == listed || p.ParentId == listed) && p.Id != id).ExecuteUpdateAsync(
            set => Say(set, words).SetProperty(p => p.Revision, p => p.Revision + 1), cancellationToken);
        if (before.RetiredAt is null) await index.UpdateAsync(database, listed == id ? product : before, (await FindAsync(listed, cancellationToken))!, cancellationToken);
    }

    private static UpdateSettersBuilder<Product> Say(UpdateSettersBuilder<Product> set, ProductWords words) => set
        .SetProperty(p => p.Name, words.Name).SetProperty(p => p.Summary, words.Summary).SetProperty(p => p.Description, words.Description)
        .SetProperty(p => p.ChineseName, words.ChineseName).SetProperty(p => p.ChineseSummary, words.ChineseSummary).SetProperty(p => p.ChineseDescription, words.ChineseDescription);

    private Task<Product?> FindAsync(int id, CancellationToken cancellationToken) =>
        database.Products.AsNoTracking().Include(p => p.Category).SingleOrDefaultAsync(p => p.Id == id, cancellationToken);

    private static string Text(int pieces) => pieces.ToString(CultureInfo.InvariantCulture);
}
