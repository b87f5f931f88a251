using ShopSession.Auth.Addresses;
using ShopSession.Web.Addresses;

namespace ShopSession.Auth.Pages;

/// <summary>The address form's fields as they were typed.</summary>
internal sealed class AddressInput : PostalAddressInput
{
    public bool Default { get; set; }

    public static AddressInput Of(SavedAddress address) => new()
    {
        Name = address.Name,
        Line1 = address.Line1,
        Line2 = address.Line2,
        City = address.City,
        PostalCode = address.PostalCode,
        Country = address.Country,
    };
}
