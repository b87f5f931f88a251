namespace ShopSession.Web.Addresses;

/// <summary>The fields of <c>_AddressFields</c> as they were typed, for the forms that bind them.</summary>
public abstract class PostalAddressInput : IPostalAddressForm
{
    /// <inheritdoc/>
    public string? Name { get; set; }

    /// <inheritdoc/>
    public string? Line1 { get; set; }

    /// <inheritdoc/>
    public string? Line2 { get; set; }

    /// <inheritdoc/>
    public string? City { get; set; }

    /// <inheritdoc/>
    public string? PostalCode { get; set; }

    /// <inheritdoc/>
    public string? Country { get; set; }
}
