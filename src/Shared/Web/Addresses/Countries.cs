using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ShopSession.Web.Addresses;

/// <summary>
/// The 249 countries of ISO 3166-1 (2024). The postal codes follow the Universal Postal Union's addressing sheets, as strict as the
/// shape of the code allows and no stricter: whether the code is in use only the post knows. Safe for concurrent use.
/// </summary>
public static class Countries
{
    /// <summary>Where the shop is: the country that forms start with.</summary>
    public const string Home = "DE";

    private static readonly FrozenDictionary<string, Country> ByCode = Read().ToFrozenDictionary(country => country.Code, StringComparer.Ordinal);

    /// <summary>All, by name.</summary>
    public static IReadOnlyList<Country> All { get; } = [.. ByCode.Values.OrderBy(country => country.Name, StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.IgnoreNonSpace))];

    /// <summary>Finds a country by its alpha-2 code in upper case.</summary>
    public static bool TryFind(string? code, [NotNullWhen(true)] out Country? country) => ByCode.TryGetValue(code ?? "", out country);

    /// <summary>The country's name in the visitor's language, or the code itself when it is no country's.</summary>
    public static string NameOf(string code) => TryFind(code, out var country) ? country.LocalName : code;

    private static IEnumerable<Country> Read()
    {
        using var stream = typeof(Countries).Assembly.GetManifestResourceStream("Countries.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(';');
            var pattern = parts[2].Length == 0
                ? null
                : new Regex($"^(?:{parts[2]})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            yield return new Country(parts[0], parts[1], parts[3], pattern);
        }
    }
}
