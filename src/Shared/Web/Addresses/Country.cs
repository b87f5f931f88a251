using System.Text.RegularExpressions;

namespace ShopSession.Web.Addresses;

/// <summary>A country of ISO 3166-1 and what its postal codes look like.</summary>
/// <param name="Code">The alpha-2 code.</param>
/// <param name="Name">Its name in English.</param>
/// <param name="PostalCodeExample">A valid postal code; empty for countries without.</param>
/// <param name="PostalCode">What its postal codes match; <see langword="null"/> for countries without.</param>
public sealed record Country(string Code, string Name, string PostalCodeExample, Regex? PostalCode)
{
    /// <summary>The longest text that may stand in place of a postal code where there are none, in characters.</summary>
    private const int MaxWithoutCodes = 12;

    /// <summary>Its name in the visitor's language.</summary>
    public string LocalName => CountryNames.Of(this);

    /// <summary>Whether the country has postal codes.</summary>
    public bool HasPostalCodes => PostalCode is not null;

    /// <summary>Upper case and single spaces, as it is printed on a parcel.</summary>
    public static string NormalizePostalCode(string? postalCode) =>
        string.Join(' ', (postalCode ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    /// <summary>Whether a normalized postal code can be one of this country. Where there are none, anything short may stand there.</summary>
    public bool Accepts(string postalCode)
    {
        ArgumentNullException.ThrowIfNull(postalCode);
        return PostalCode is null ? postalCode.Length <= MaxWithoutCodes : PostalCode.IsMatch(postalCode);
    }
}
