using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace ShopSession.Catalog.Search;

/// <summary>In which order products are listed.</summary>
public enum ProductSort
{
    /// <summary>What fits the search best; without one, by rating.</summary>
    Relevance,
    Name,
    Price,
    PriceDescending,
    Rating,
}

/// <summary>What a visitor asks of the list of products; read from the query of the address, the same for pages and API.</summary>
public sealed record ProductQuery
{
    public const int DefaultPageSize = 24;
    public const int MaxPageSize = 100;
    public const int MaxSearchLength = 100;
    public const decimal MaxPriceLimit = 1_000_000m;

    /// <summary>The words of the address for each order.</summary>
    public static readonly IReadOnlyDictionary<string, ProductSort> Sorts = new Dictionary<string, ProductSort>(StringComparer.Ordinal)
    {
        ["relevance"] = ProductSort.Relevance,
        ["name"] = ProductSort.Name,
        ["price"] = ProductSort.Price,
        ["price-desc"] = ProductSort.PriceDescending,
        ["rating"] = ProductSort.Rating,
    };

    public string? Search { get; init; }

    /// <summary>A category's slug.</summary>
    public string? Category { get; init; }

    public decimal? MinPrice { get; init; }

    public decimal? MaxPrice { get; init; }

    /// <summary>Only what can be sold now.</summary>
    public bool InStock { get; init; }

    /// <summary>Only what is rated at least so.</summary>
    public double? MinRating { get; init; }

    public ProductSort Sort { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = DefaultPageSize;

    /// <summary>Whether anything is filtered beside the search.</summary>
    public bool HasFilters => Category is not null || MinPrice is not null || MaxPrice is not null || InStock || MinRating is not null;

    /// <summary>Reads the query; <paramref name="errors"/> says for each bad field what is expected. Bad fields count as not given.</summary>
    public static ProductQuery Read(IQueryCollection query, out Dictionary<string, string[]> errors)
    {
        ArgumentNullException.ThrowIfNull(query);
        var wrong = new Dictionary<string, string[]>();
        var search = query["search"].ToString().Trim();
        if (search.Length > MaxSearchLength) wrong["search"] = [T[$"Search for at most {MaxSearchLength} characters."]];
        var min = Price("minPrice");
        var max = Price("maxPrice");
        if (min > max) wrong["minPrice"] = [T["The lowest price must not be above the highest."]];
        var sort = ProductSort.Relevance;
        if (query["sort"].ToString() is { Length: > 0 } order && !Sorts.TryGetValue(order, out sort)) wrong["sort"] = [T[$"Sort by one of: {string.Join(", ", Sorts.Keys)}."]];
        var result = new ProductQuery
        {
            Search = search is { Length: > 0 and <= MaxSearchLength } ? search : null,
            Category = query["category"].ToString() is { Length: > 0 } category ? category : null,
            MinPrice = min > max ? null : min,
            MaxPrice = max,
            InStock = Flag("inStock"),
            MinRating = Rating("minRating"),
            Sort = sort,
            Page = Number("page", 1, 1, 100_000),
            PageSize = Number("pageSize", DefaultPageSize, 1, MaxPageSize),
        };
        errors = wrong;
        return result;

        decimal? Price(string name)
        {
            if (query[name].ToString() is not { Length: > 0 } text) return null;
            if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= MaxPriceLimit && decimal.Round(value, 2) == value) return value;
            wrong[name] = [T[$"Give a price between 0 and {MaxPriceLimit}, with at most two decimals, for example 19.90."]];
            return null;
        }

        bool Flag(string name)
        {
            if (query[name].ToString() is not { Length: > 0 } text) return false;
            // What a ticked box sends, beside true and false.
            if (text is "on" or "1") return true;
            if (bool.TryParse(text, out var value)) return value;
            wrong[name] = [T["Use true or false."]];
            return false;
        }

        double? Rating(string name)
        {
            if (query[name].ToString() is not { Length: > 0 } text) return null;
            if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 5) return value;
            wrong[name] = [T["Give a number from 0 to 5, for example 4.5."]];
            return null;
        }

        int Number(string name, int otherwise, int least, int most)
        {
            if (query[name].ToString() is not { Length: > 0 } text) return otherwise;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
            wrong[name] = [T[$"Give a whole number from {least} to {most}."]];
            return otherwise;
        }
    }

    /// <summary>The address of the list with these wishes; the same wishes always make the same address.</summary>
    public string ToPath(string path = "/products")
    {
        var query = new QueryBuilder();
        if (Search is not null) query.Add("search", Search);
        if (Category is not null) query.Add("category", Category);
        if (MinPrice is { } min) query.Add("minPrice", min.ToString(CultureInfo.InvariantCulture));
        if (MaxPrice is { } max) query.Add("maxPrice", max.ToString(CultureInfo.InvariantCulture));
        if (InStock) query.Add("inStock", "true");
        if (MinRating is { } rating) query.Add("minRating", rating.ToString(CultureInfo.InvariantCulture));
        if (Sort != ProductSort.Relevance) query.Add("sort", Sorts.First(pair => pair.Value == Sort).Key);
        if (Page > 1) query.Add("page", Page.ToString(CultureInfo.InvariantCulture));
        if (PageSize != DefaultPageSize) query.Add("pageSize", PageSize.ToString(CultureInfo.InvariantCulture));
        return path + query.ToQueryString();
    }
}
