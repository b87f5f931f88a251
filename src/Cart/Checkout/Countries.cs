using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ShopSession.Cart.Checkout;

/// <summary>A country of ISO 3166-1 and what its postal codes look like.</summary>
/// <param name="Code">The alpha-2 code.</param>
/// <param name="Name">Its name in English.</param>
/// <param name="PostalCodeExample">A valid postal code; empty for countries without.</param>
internal sealed record Country(string Code, string Name, string PostalCodeExample, Regex? PostalCode)
{
    public bool HasPostalCodes => PostalCode is not null;

    /// <summary>Upper case and single spaces, as it is printed on a parcel.</summary>
    public static string NormalizePostalCode(string? postalCode) =>
        string.Join(' ', (postalCode ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    /// <summary>Whether a normalized postal code can be one of this country. Where there are none, anything short may stand there.</summary>
    public bool Accepts(string postalCode) => PostalCode is null ? postalCode.Length <= 12 : PostalCode.IsMatch(postalCode);
}

/// <summary>
/// The 249 countries of ISO 3166-1 (2024). The postal codes follow the Universal Postal Union's addressing sheets, as strict as the
/// shape of the code allows and no stricter: whether the code is in use only the post knows.
/// </summary>
internal static class Countries
{
    private static readonly FrozenDictionary<string, Country> ByCode = Read().ToFrozenDictionary(country => country.Code, StringComparer.Ordinal);

    /// <summary>All, by name.</summary>
    public static IReadOnlyList<Country> All { get; } = [.. ByCode.Values.OrderBy(country => country.Name, StringComparer.Create(System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.IgnoreNonSpace))];

    public static bool TryFind(string? code, [NotNullWhen(true)] out Country? country) => ByCode.TryGetValue(code ?? "", out country);

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
