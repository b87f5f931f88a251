using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Search;

/// <summary>Full-text search by SQLite's FTS5: stemmed words, prefixes, ranked by BM25 with the name weighing most.</summary>
internal sealed class SqliteSearchIndex : ISearchIndex
{
    public async Task RebuildAsync(CatalogContext database, CancellationToken cancellationToken)
    {
        await database.Database.ExecuteSqlRawAsync("""
            DELETE FROM product_search;
            INSERT INTO product_search (rowid, name, words, category, summary, description)
            SELECT p."Id", p."Name", p."Words", c."Name", p."Summary", p."Description" FROM products p JOIN categories c ON c."Id" = p."CategoryId" WHERE p."ParentId" IS NULL AND p."RetiredAt" IS NULL;
            """, cancellationToken);
        await SearchVocabulary.RebuildAsync(database, cancellationToken);
    }

    public async Task UpdateAsync(CatalogContext database, Product before, Product after, CancellationToken cancellationToken)
    {
        await database.Database.ExecuteSqlAsync($"""
            UPDATE product_search SET name = {after.Name}, words = {after.Words}, summary = {after.Summary}, description = {after.Description} WHERE rowid = {after.Id}
            """, cancellationToken);
        await SearchVocabulary.UpdateAsync(database, before, after, cancellationToken);
    }

    public async Task AddAsync(CatalogContext database, Product product, CancellationToken cancellationToken)
    {
        await database.Database.ExecuteSqlAsync($"""
            INSERT INTO product_search (rowid, name, words, category, summary, description)
            VALUES ({product.Id}, {product.Name}, {product.Words}, {product.Category!.Name}, {product.Summary}, {product.Description})
            """, cancellationToken);
        await SearchVocabulary.UpdateAsync(database, null, product, cancellationToken);
    }

    public async Task RemoveAsync(CatalogContext database, Product product, CancellationToken cancellationToken)
    {
        await database.Database.ExecuteSqlAsync($"DELETE FROM product_search WHERE rowid = {product.Id}", cancellationToken);
        await SearchVocabulary.UpdateAsync(database, product, null, cancellationToken);
    }

    public async Task<IReadOnlyList<SearchHit>> FindAsync(CatalogContext database, IReadOnlyList<string> terms, bool anyTerm, CancellationToken cancellationToken)
    {
        // The words hold letters and digits only; the quotes keep FTS5's own words (AND, NEAR) from being understood as such.
        var match = string.Join(anyTerm ? " OR " : " AND ", terms.Select(term => $"\"{term}\"*"));
        return await database.Database.SqlQuery<SearchHit>($"""
            SELECT rowid AS "Id", -bm25(product_search, 10.0, 6.0, 4.0, 3.0, 1.0) AS "Score" FROM product_search
            WHERE product_search MATCH {match} ORDER BY bm25(product_search, 10.0, 6.0, 4.0, 3.0, 1.0), rowid LIMIT {ISearchIndex.MaxHits}
            """).ToListAsync(cancellationToken);
    }
}
