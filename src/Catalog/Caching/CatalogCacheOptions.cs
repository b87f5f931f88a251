using Microsoft.Extensions.Options;

namespace ShopSession.Catalog.Caching;

/// <summary>How long lists of products are remembered; bound from the configuration section <c>Catalog:Cache</c>.</summary>
internal sealed class CatalogCacheOptions
{
    public const string Section = "Catalog:Cache";

    /// <summary>How old a list may be: so late a changed price or stock shows in it. Zero remembers nothing.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many lists are remembered at most; beyond it the ones used longest ago go.</summary>
    public int Entries { get; set; } = 1000;
}

internal sealed class CatalogCacheOptionsValidator : IValidateOptions<CatalogCacheOptions>
{
    public ValidateOptionsResult Validate(string? name, CatalogCacheOptions options)
    {
        List<string> wrong = [];
        if (options.MaxAge < TimeSpan.Zero || options.MaxAge > TimeSpan.FromHours(1)) wrong.Add($"{CatalogCacheOptions.Section}:MaxAge is {options.MaxAge}; allowed are 00:00:00 (remember nothing) to 01:00:00.");
        if (options.Entries is < 1 or > 1_000_000) wrong.Add($"{CatalogCacheOptions.Section}:Entries is {options.Entries}; allowed are 1 to 1000000.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
