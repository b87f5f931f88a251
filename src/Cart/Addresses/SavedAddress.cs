using ShopSession.Web.Addresses;

namespace ShopSession.Cart.Addresses;

/// <summary>An address that the shopper keeps in the account.</summary>
/// <param name="Id">Names it among the account's.</param>
/// <param name="Address">Where it is.</param>
internal sealed record SavedAddress(Guid Id, PostalAddress Address)
{
    /// <summary>In one line, to choose by.</summary>
    public string InWords => string.Join(T[", "], ((string?[])[Address.Name, Address.Line1, Address.Line2, $"{Address.PostalCode} {Address.City}".Trim(), Countries.NameOf(Address.Country)]).Where(part => part is not null));
}
