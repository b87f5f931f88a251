using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Search;

/// <summary>Full-text search by PostgreSQL: stemmed words, prefixes, ranked with the name weighing most.</summary>
internal sealed class PostgreSqlSearchIndex : ISearchIndex
{
    /// <summary>What is found of a product, by weight.</summary>
    private const string Document = """
        setweight(to_tsvector('english', p."Name"), 'A') || setweight(to_tsvector('english', p."Words"), 'B')
        || setweight(to_tsvector('english', c."Name" || ' ' || p."Summary"), 'C') || setweight(to_tsvector('english', p."Description"), 'D')
        """;

    public async Task RebuildAsync(CatalogContext database, CancellationToken cancellationToken)
    {
        await database.Database.ExecuteSqlRawAsync($"""
            DELETE FROM product_search;
            INSERT INTO product_search (product_id, document)
            SELECT p."Id", {Document}
            FROM products p JOIN categories c ON c."Id" = p."CategoryId" WHERE p."ParentId" IS NULL AND p."RetiredAt" IS NULL;
            """, cancellationToken);
        await SearchVocabulary.RebuildAsync(database, cancellationToken);
    }

    public async Task UpdateAsync(CatalogContext database, Product before, Product after, CancellationToken cancellationToken)
    {
        await database.Database.ExecuteSqlRawAsync($$"""
            UPDATE product_search SET document = {{Document}}
            FROM products p JOIN categories c ON c."Id" = p."CategoryId" WHERE p."Id" = product_search.product_id AND product_search.product_id = {0}
            """, [after.Id], cancellationToken);
        await SearchVocabulary.UpdateAsync(database, before, after, cancellationToken);
    }

    public async Task AddAsync(CatalogContext database, Product product, CancellationToken cancellationToken)
    {
        await database.Database.ExecuteSqlRawAsync($$"""
            INSERT INTO product_search (product_id, document)
            SELECT p."Id", {{Document}} FROM products p JOIN categories c ON c."Id" = p."CategoryId" WHERE p."Id" = {0}
            """, [product.Id], cancellationToken);
        await SearchVocabulary.UpdateAsync(database, null, product, cancellationToken);
    }

    public async Task RemoveAsync(CatalogContext database, Product product, CancellationToken cancellationToken)
    {
        await database.Database.ExecuteSqlAsync($"DELETE FROM product_search WHERE product_id = {product.Id}", cancellationToken);
        await SearchVocabulary.UpdateAsync(database, product, null, cancellationToken);
    }

    public async Task<IReadOnlyList<SearchHit>> FindAsync(CatalogContext database, IReadOnlyList<string> terms, bool anyTerm, CancellationToken cancellationToken)
    {
        // The words hold letters and digits only, so they need no escaping inside the quotes.
        var match = string.Join(anyTerm ? " | " : " & ", terms.Select(term => $"'{term}':*"));
        return await database.Database.SqlQuery<SearchHit>($"""
            SELECT product_id AS "Id", ts_rank(document, to_tsquery('english', {match}))::float8 AS "Score" FROM product_search
            WHERE document @@ to_tsquery('english', {match}) ORDER BY "Score" DESC, product_id LIMIT {ISearchIndex.MaxHits}
            """).ToListAsync(cancellationToken);
    }
}
