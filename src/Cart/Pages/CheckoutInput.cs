using ShopSession.Cart.Checkout;
using ShopSession.Cart.Orders;
using ShopSession.Web.Addresses;

namespace ShopSession.Cart.Pages;

/// <summary>The checkout form's fields as they were typed.</summary>
public sealed class CheckoutInput : PostalAddressInput
{
    public string? Email { get; set; }

    public string? Delivery { get; set; }

    /// <summary>How the test payment is to go.</summary>
    public string? Pay { get; set; }

    /// <summary>Whether the account is to keep the address.</summary>
    public bool SaveAddress { get; set; }

    internal string KnownCountry => Countries.TryFind(Country, out var country) ? country.Code : TotalsRules.Home;

    internal string KnownDelivery => DeliveryOption.All.Contains(Delivery ?? "") ? Delivery! : DeliveryOption.Standard;

    /// <summary>Starts with where the last order went.</summary>
    internal static CheckoutInput From(Order? last) => new()
    {
        Email = last?.Email,
        Name = last?.Name,
        Line1 = last?.Line1,
        Line2 = last?.Line2,
        City = last?.City,
        PostalCode = last?.PostalCode,
        Country = last?.Country ?? TotalsRules.Home,
        Delivery = last?.Delivery ?? DeliveryOption.Standard,
        Pay = "success",
    };

    /// <summary>Fills in where it goes; <see langword="null"/> empties the fields.</summary>
    internal void GoesTo(PostalAddress? address)
    {
        (Name, Line1, Line2) = (address?.Name, address?.Line1, address?.Line2);
        (City, PostalCode, Country) = (address?.City, address?.PostalCode, address?.Country ?? TotalsRules.Home);
    }

    /// <summary>Whether the fields hold this address.</summary>
    internal bool IsTo(PostalAddress address) => PostalAddressRules.Check(this, new Dictionary<string, string[]>()) == address;

    internal CheckoutRequest ToRequest() => new()
    {
        Email = Email,
        Name = Name,
        Line1 = Line1,
        Line2 = Line2,
        City = City,
        PostalCode = PostalCode,
        Country = Country,
        Delivery = Delivery,
        Payment = new PaymentChoice("test", Pay),
    };

    /// <summary>The form's field of a field of the JSON API; empty for what has none.</summary>
    internal static string FieldOf(string field) => field switch
    {
        "email" => "Input.Email",
        "name" => "Input.Name",
        "line1" => "Input.Line1",
        "line2" => "Input.Line2",
        "city" => "Input.City",
        "postalCode" => "Input.PostalCode",
        "country" => "Input.Country",
        "delivery" => "Input.Delivery",
        "payment.token" or "payment" => "Input.Pay",
        _ => "",
    };
}
