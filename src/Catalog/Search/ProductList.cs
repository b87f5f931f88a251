using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Search;

/// <summary>One page of products, and what else there is.</summary>
internal sealed record ProductPage(IReadOnlyList<Product> Items, int Total, ProductQuery Query, ProductFacets Facets)
{
    /// <summary>The words that were searched for.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>What the search was corrected to; <see langword="null"/> when it was taken as typed.</summary>
    public string? Corrected { get; init; }

    public int Pages => (Total + Query.PageSize - 1) / Query.PageSize;
}

/// <summary>One choice of a filter, with how many products it would leave.</summary>
internal sealed record FacetValue(string Value, string Name, int Count);

/// <summary>A span of prices, with how many products lie in it.</summary>
internal sealed record PriceBand(decimal? From, decimal? To, int Count);

/// <summary>How many products each further choice would leave, counted under all other choices.</summary>
internal sealed record ProductFacets(IReadOnlyList<FacetValue> Categories, IReadOnlyList<PriceBand> Prices, int InStock, int All, IReadOnlyList<FacetValue> Ratings);
