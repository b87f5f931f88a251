using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Caching;
using ShopSession.Catalog.Products;
using ShopSession.Catalog.Search;
using ShopSession.Catalog.Stock;
using ShopSession.Data;

namespace ShopSession.Catalog.Administration;

/// <summary>
/// Adds products and sizes, retires and restores them, and writes down who did. Nothing is ever deleted: orders, holds and links name products for good, and a slug that was used once never leads to
/// something else. Scoped: one per request.
/// </summary>
internal sealed class ProductRange(CatalogContext database, ShopDatabase<CatalogContext> facts, StockWriteGate gate, ISearchIndex index, CatalogCache cache, TimeProvider time)
{
    private const int Attempts = 3;

    /// <summary>Adds a product with its sizes. The id is that of the listed one; <see cref="EditOutcome.Changed"/>: another product has the slug.</summary>
    public Task<(EditOutcome Outcome, int Id)> AddAsync(ProductDraft draft, ClaimsPrincipal actor, CancellationToken cancellationToken) => InsertAsync(async first =>
    {
        var listed = Make(draft, first);
        var sizes = draft.Sizes.Skip(1).Select((size, i) => listed.With(first + 1 + i, ProductVariants.SlugOf(draft.Slug, size), listed.Price, draft.Stock, size, first)).ToList();
        var slugs = sizes.Select(size => size.Slug).Append(listed.Slug).ToArray();
        if (await database.Products.AnyAsync(p => slugs.Contains(p.Slug), cancellationToken)) return (EditOutcome.Changed, 0);
        database.Products.Add(listed);
        database.Products.AddRange(sizes);
        await database.SaveChangesAsync(cancellationToken);
        database.Changes.Add(ProductChange.Of(first, actor, time.GetUtcNow(), "product", "", listed.Slug));
        await database.SaveChangesAsync(cancellationToken);
        await index.AddAsync(database, await FindAsync(first, cancellationToken), cancellationToken);
        return (EditOutcome.Done, first);
    }, cancellationToken);

    /// <summary>Adds a size under a listed product. The id is the new size's.</summary>
    public Task<(EditOutcome Outcome, int Id)> AddSizeAsync(int listed, SizeDraft draft, ClaimsPrincipal actor, CancellationToken cancellationToken) => InsertAsync(async id =>
    {
        if (await database.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Id == listed && p.ParentId == null && p.RetiredAt == null, cancellationToken) is not { } product) return (EditOutcome.Unknown, 0);
        var slug = ProductVariants.SlugOf(product.Slug, draft.Size);
        if (await database.Products.AnyAsync(p => p.Slug == slug, cancellationToken)) return (EditOutcome.Changed, 0);
        if (draft.ListedSize is { } own) await database.Products.Where(p => p.Id == listed && p.Size == null).ExecuteUpdateAsync(set => set.SetProperty(p => p.Size, own), cancellationToken);
        database.Products.Add(product.With(id, slug, draft.Price, draft.Stock, draft.Size, listed));
        await database.SaveChangesAsync(cancellationToken);
        database.Changes.Add(ProductChange.Of(listed, actor, time.GetUtcNow(), "size", "", draft.Size));
        await database.SaveChangesAsync(cancellationToken);
        return (EditOutcome.Done, id);
    }, cancellationToken);

    /// <summary>Takes a product out of the shop, with all its sizes when it is the listed one. What orders under way hold can still be paid.</summary>
    public Task<EditOutcome> RetireAsync(int id, ClaimsPrincipal actor, CancellationToken cancellationToken) => SetAsync(id, actor, isSold: false, cancellationToken);

    /// <summary>Puts it back, with the sizes that went with it. <see cref="EditOutcome.Changed"/>: it is a size of something that is not sold either.</summary>
    public Task<EditOutcome> RestoreAsync(int id, ClaimsPrincipal actor, CancellationToken cancellationToken) => SetAsync(id, actor, isSold: true, cancellationToken);

    private async Task<EditOutcome> SetAsync(int id, ClaimsPrincipal actor, bool isSold, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(facts.Facts.Provider, cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await database.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is not { } before) return EditOutcome.Unknown;
        if (isSold && before.ParentId is { } listed && await database.Products.AnyAsync(p => p.Id == listed && p.RetiredAt != null, cancellationToken)) return EditOutcome.Changed;
        var now = time.GetUtcNow();
        DateTimeOffset? from = before.RetiredAt, to = isSold ? null : now;
        if ((from is null) == isSold) return EditOutcome.Done;
        // Sizes go with the listed product, and come back with it if they went with it.
        var changed = await database.Products.Where(p => (p.Id == id || p.ParentId == id) && p.RetiredAt == from).ExecuteUpdateAsync(set => set.SetProperty(p => p.RetiredAt, to), cancellationToken);
        if (changed == 0) return EditOutcome.Changed;
        database.Changes.Add(ProductChange.Of(id, actor, now, "sold", isSold ? "no" : "yes", isSold ? "yes" : "no"));
        await database.SaveChangesAsync(cancellationToken);
        var product = await FindAsync(id, cancellationToken);
        if (product.ParentId is null)
        {
            if (isSold) await index.AddAsync(database, product, cancellationToken);
            else await index.RemoveAsync(database, product, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        cache.Clear();
        return EditOutcome.Done;
    }

    private async Task<(EditOutcome Outcome, int Id)> InsertAsync(Func<int, Task<(EditOutcome Outcome, int Id)>> insert, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(facts.Facts.Provider, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            try
            {
                var result = await insert(await database.Products.MaxAsync(p => p.Id, cancellationToken) + 1);
                if (result.Outcome != EditOutcome.Done) return result;
                await transaction.CommitAsync(cancellationToken);
                cache.Clear();
                return result;
            }
            // Another replica took the same id or slug in the same moment: look again.
            catch (DbUpdateException) when (attempt < Attempts)
            {
                await transaction.RollbackAsync(cancellationToken);
                database.ChangeTracker.Clear();
            }
        }
    }

    private Task<Product> FindAsync(int id, CancellationToken cancellationToken) =>
        database.Products.AsNoTracking().Include(p => p.Category).SingleAsync(p => p.Id == id, cancellationToken);

    private static Product Make(ProductDraft draft, int id)
    {
        var words = draft.Text.ToWords();
        return new Product
        {
            Id = id,
            Slug = draft.Slug,
            Name = words.Name,
            CategoryId = draft.CategoryId,
            Kind = draft.Kind,
            Palette = draft.Palette,
            Price = draft.Text.Price,
            Stock = draft.Stock,
            Summary = words.Summary,
            Description = words.Description,
            ChineseName = words.ChineseName,
            ChineseSummary = words.ChineseSummary,
            ChineseDescription = words.ChineseDescription,
            Facts = "",
            Words = "",
            Size = draft.Sizes.Count > 0 ? draft.Sizes[0] : null,
        };
    }
}
