using ShopSession.Web.Addresses;

namespace ShopSession.Auth.Addresses;

/// <summary>An address that an account keeps for its orders.</summary>
internal sealed class SavedAddress
{
    public Guid Id { get; init; }

    public required string UserId { get; init; }

    /// <summary>0 … <see cref="AddressBook.Most"/> − 1, each once in an account: it is what holds the limit, whatever happens at once.</summary>
    public int Slot { get; init; }

    public required string Name { get; set; }

    public required string Line1 { get; set; }

    public string? Line2 { get; set; }

    public required string City { get; set; }

    public required string PostalCode { get; set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was made the default. The latest of the account is the default, so there is never more than one.</summary>
    public DateTimeOffset? PreferredAt { get; set; }

    public PostalAddress ToAddress() => new(Name, Line1, Line2, City, PostalCode, Country);
}
