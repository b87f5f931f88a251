using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace ShopSession.Web;

/// <summary>Absolute addresses of the shop's siblings, as browsers see them. Safe for concurrent use.</summary>
public sealed class ShopUrls
{
    private readonly string _suffix;
    private readonly string _scheme;

    /// <summary>Makes the addresses of the given settings.</summary>
    public ShopUrls(IOptions<ShopOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var shop = options.Value;
        _suffix = (shop.Scheme, shop.Port) is ("http", 80) or ("https", 443) ? shop.Domain : $"{shop.Domain}:{shop.Port}";
        _scheme = shop.Scheme;
        string[] prefixes = ["", "auth.", "cart.", "catalog."];
        Hosts = prefixes.Select(prefix => prefix + shop.Domain).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        Origins = prefixes.Select(prefix => $"{_scheme}://{prefix}{_suffix}").ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The exact hosts of the shop, without port.</summary>
    public IReadOnlySet<string> Hosts { get; }

    /// <summary>The exact origins of the shop, as browsers send them in <c>Origin</c>.</summary>
    public IReadOnlySet<string> Origins { get; }

    /// <summary>The storefront, for example <c>http://shop.localhost:8080/</c>.</summary>
    public string Home(string path = "/") => $"{_scheme}://{_suffix}{path}";

    /// <summary>An address of the catalog.</summary>
    public string Catalog(string path = "/") => $"{_scheme}://catalog.{_suffix}{path}";

    /// <summary>An address of the cart.</summary>
    public string Cart(string path = "/") => $"{_scheme}://cart.{_suffix}{path}";

    /// <summary>An address of auth.</summary>
    public string Auth(string path = "/") => $"{_scheme}://auth.{_suffix}{path}";
}
