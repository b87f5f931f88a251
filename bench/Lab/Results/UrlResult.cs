namespace ShopSession.Lab.Bench.Results;

/// <summary>What was measured where every address carries the session's id.</summary>
internal sealed record UrlResult
{
    public required Circumstances Under { get; init; }

    public required int Services { get; init; }

    /// <summary>Services that knew the visitor by the address alone, of <see cref="Services"/>.</summary>
    public required int KnownServices { get; init; }

    /// <summary>Cookies that named the session in all that was asked.</summary>
    public required int SessionCookies { get; init; }

    /// <summary>Links of a page that lead to the shop.</summary>
    public required int OwnLinks { get; init; }

    /// <summary>Of those: with the id in them.</summary>
    public required int LinksWithId { get; init; }

    /// <summary>Bytes that the id adds to each address.</summary>
    public required int AddressBytes { get; init; }

    /// <summary>What the page tells browsers to say to other sites about where a link was followed.</summary>
    public required string ReferrerPolicy { get; init; }

    /// <summary>Addresses that were opened by somebody else, who had nothing but the address.</summary>
    public required int Shared { get; init; }

    /// <summary>Of those: whoever opened it was signed in as the owner.</summary>
    public required int Strangers { get; init; }

    /// <summary>Of those: still signed in after the owner's sign-out was answered and everyone had heard of it.</summary>
    public required int StrangersAfterSignOut { get; init; }
}
