namespace ShopSession.Web.Addresses;

/// <summary>Where a parcel can go, checked and in its normal form (<see cref="PostalAddressRules"/>).</summary>
/// <param name="Name">Whose name goes on the parcel.</param>
/// <param name="Line1">Street and number.</param>
/// <param name="Line2">What else the carrier has to know; <see langword="null"/>: nothing.</param>
/// <param name="City">The town.</param>
/// <param name="PostalCode">Upper case and single spaces; empty where there are none.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record PostalAddress(string Name, string Line1, string? Line2, string City, string PostalCode, string Country);
