namespace ShopSession.Web.Addresses;

/// <summary>An address as somebody typed or sent it, unchecked. The partial <c>_AddressFields</c> shows it as a form.</summary>
public interface IPostalAddressForm
{
    /// <summary>Whose name goes on the parcel.</summary>
    string? Name { get; }

    /// <summary>Street and number.</summary>
    string? Line1 { get; }

    /// <summary>What else the carrier has to know.</summary>
    string? Line2 { get; }

    /// <summary>The town.</summary>
    string? City { get; }

    /// <summary>The postal code.</summary>
    string? PostalCode { get; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    string? Country { get; }
}
