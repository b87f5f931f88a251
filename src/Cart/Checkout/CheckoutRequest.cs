using ShopSession.Web.Addresses;

namespace ShopSession.Cart.Checkout;

/// <summary>What a shopper sends to order, unchecked.</summary>
internal sealed record CheckoutRequest : IPostalAddressForm
{
    public string? Email { get; init; }

    public string? Name { get; init; }

    public string? Line1 { get; init; }

    public string? Line2 { get; init; }

    public string? City { get; init; }

    public string? PostalCode { get; init; }

    public string? Country { get; init; }

    public string? Delivery { get; init; }

    public PaymentChoice? Payment { get; init; }

    /// <summary>The total that the shopper was shown. When it is not the total any more, nothing is ordered.</summary>
    public decimal? AcceptedTotal { get; init; }

    /// <summary>The version of the cart that the shopper was shown.</summary>
    public long? CartVersion { get; init; }
}

/// <summary>How it is to be paid, unchecked.</summary>
internal sealed record PaymentChoice(string? Method, string? Token);

/// <summary>What a shopper ordered, checked and in its normal form.</summary>
internal sealed record CheckoutDetails(
    string Email, string Name, string Line1, string? Line2, string City, string PostalCode, string Country, string Delivery,
    string PaymentMethod, string PaymentToken);
