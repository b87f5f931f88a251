using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Caching;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Search;

/// <summary>Answers what visitors ask of the list of products. Scoped: one per request.</summary>
internal sealed class ProductSearch(CatalogContext database, ISearchIndex index, CatalogCache cache)
{
    private static readonly decimal?[] PriceSteps = [null, 20m, 50m, 100m, null];
    private static readonly double[] RatingSteps = [4.7, 4.5, 4.3];

    /// <summary>A page of products, at most as old as the cache allows.</summary>
    public Task<ProductPage> FindAsync(ProductQuery query, bool withFacets, CancellationToken cancellationToken) =>
        cache.GetAsync((query, withFacets), () => ReadAsync(query, withFacets, cancellationToken), cancellationToken);

    /// <summary>The same, as the database has it now.</summary>
    public async Task<ProductPage> ReadAsync(ProductQuery query, bool withFacets, CancellationToken cancellationToken)
    {
        var (found, terms, corrected) = await SearchAsync(query.Search, cancellationToken);
        var all = database.Listed;
        if (found is not null)
        {
            var ids = found.Keys.ToArray();
            all = all.Where(product => ids.Contains(product.Id));
        }

        var matching = Filter(all, query, Facet.None);
        var (items, total) = found is not null && query.Sort == ProductSort.Relevance
            ? await RankedPageAsync(matching, found, query, cancellationToken)
            : (await Sorted(matching, query.Sort).Skip((query.Page - 1) * query.PageSize).Take(query.PageSize).Include(product => product.Category).Include(product => product.Variants).ToListAsync(cancellationToken), await matching.CountAsync(cancellationToken));
        var facets = withFacets ? await CountAsync(all, query, cancellationToken) : new ProductFacets([], [], 0, 0, []);
        return new ProductPage(items, total, query, facets) { Terms = terms, Corrected = corrected };
    }

    /// <summary>The scores by id; <see langword="null"/> when nothing was searched for.</summary>
    private async Task<(Dictionary<int, double>? Found, IReadOnlyList<string> Terms, string? Corrected)> SearchAsync(string? search, CancellationToken cancellationToken)
    {
        if (search is null) return (null, [], null);
        if (ChineseSearch.Handles(search)) return (await ChineseSearch.FindAsync(database, search, cancellationToken), [], null);
        var terms = SearchTerms.Of(search);
        if (terms.Count == 0) return ([], [], null);
        var hits = await index.FindAsync(database, terms, anyTerm: false, cancellationToken);
        if (hits.Count > 0) return (Scores(hits), terms, null);

        var corrected = new List<string>(terms.Count);
        foreach (var term in terms)
        {
            var known = (await index.FindAsync(database, [term], anyTerm: false, cancellationToken)).Count > 0;
            corrected.Add(known ? term : await SearchVocabulary.CorrectAsync(database, term, cancellationToken) ?? term);
        }

        if (!corrected.SequenceEqual(terms))
        {
            hits = await index.FindAsync(database, corrected, anyTerm: false, cancellationToken);
            if (hits.Count > 0) return (Scores(hits), corrected, string.Join(' ', corrected));
        }

        // Nothing has all the words: better some of them than an empty page.
        if (terms.Count > 1) hits = await index.FindAsync(database, corrected, anyTerm: true, cancellationToken);
        return (Scores(hits), corrected, hits.Count > 0 && !corrected.SequenceEqual(terms) ? string.Join(' ', corrected) : null);
    }

    private static Dictionary<int, double> Scores(IReadOnlyList<SearchHit> hits) => hits.ToDictionary(hit => hit.Id, hit => hit.Score);

    private async Task<(List<Product> Items, int Total)> RankedPageAsync(IQueryable<Product> matching, Dictionary<int, double> found, ProductQuery query, CancellationToken cancellationToken)
    {
        var ids = await matching.Select(product => product.Id).ToListAsync(cancellationToken);
        var page = ids.OrderByDescending(id => found[id]).ThenBy(id => id).Skip((query.Page - 1) * query.PageSize).Take(query.PageSize).ToList();
        var items = await database.Products.AsNoTracking().Include(product => product.Category).Include(product => product.Variants).Where(product => page.Contains(product.Id)).ToListAsync(cancellationToken);
        return (items.OrderBy(product => page.IndexOf(product.Id)).ToList(), ids.Count);
    }

    private static IQueryable<Product> Sorted(IQueryable<Product> products, ProductSort sort) => sort switch
    {
        // The id last: a page must not depend on the order in which rows happen to be read.
        ProductSort.Name => products.OrderBy(product => product.Name).ThenBy(product => product.Id),
        ProductSort.Price => products.OrderBy(product => product.Price).ThenBy(product => product.Id),
        ProductSort.PriceDescending => products.OrderByDescending(product => product.Price).ThenBy(product => product.Id),
        _ => products.OrderByDescending(product => product.Rating).ThenByDescending(product => product.Ratings).ThenBy(product => product.Id),
    };

    private static readonly Expression<Func<Product, bool>> CanBeSold =
        product => product.Stock > product.Held || product.Variants.Any(variant => variant.RetiredAt == null && variant.Stock > variant.Held);

    private enum Facet
    {
        None,
        Category,
        Price,
        Stock,
        Rating,
    }

    private static IQueryable<Product> Filter(IQueryable<Product> products, ProductQuery query, Facet except)
    {
        if (query.Category is { } category && except != Facet.Category) products = products.Where(product => product.Category!.Slug == category);
        if (query.MinPrice is { } min && except != Facet.Price) products = products.Where(product => product.Price >= min);
        if (query.MaxPrice is { } max && except != Facet.Price) products = products.Where(product => product.Price <= max);
        if (query.InStock && except != Facet.Stock) products = products.Where(CanBeSold);
        if (query.MinRating is { } rating && except != Facet.Rating) products = products.Where(product => product.Rating >= rating);
        return products;
    }

    private static async Task<ProductFacets> CountAsync(IQueryable<Product> all, ProductQuery query, CancellationToken cancellationToken)
    {
        var categories = await Filter(all, query, Facet.Category).GroupBy(product => new { product.Category!.Id, product.Category.Slug, product.Category.Name })
            .OrderBy(group => group.Key.Id).Select(group => new FacetValue(group.Key.Slug, group.Key.Name, group.Count())).ToListAsync(cancellationToken);
        var byPrice = Filter(all, query, Facet.Price);
        var prices = new List<PriceBand>(PriceSteps.Length - 1);
        for (var i = 0; i + 1 < PriceSteps.Length; i++)
        {
            // The bands share no price: 20.00 belongs to the one that begins there.
            var (from, to) = (PriceSteps[i], PriceSteps[i + 1] - 0.01m);
            prices.Add(new(from, to, await byPrice.CountAsync(product => (from == null || product.Price >= from) && (to == null || product.Price <= to), cancellationToken)));
        }

        var byStock = Filter(all, query, Facet.Stock);
        var byRating = Filter(all, query, Facet.Rating);
        var ratings = new List<FacetValue>(RatingSteps.Length);
        foreach (var step in RatingSteps)
        {
            var text = step.ToString(CultureInfo.InvariantCulture);
            ratings.Add(new(text, text, await byRating.CountAsync(product => product.Rating >= step, cancellationToken)));
        }

        return new(categories, prices, await byStock.CountAsync(CanBeSold, cancellationToken), await byStock.CountAsync(cancellationToken), ratings);
    }
}
