namespace ShopSession.Lab.Bench.Results;

/// <summary>What was measured of a way under a policy. Counts are of <see cref="Logins"/>.</summary>
internal sealed record CellResult
{
    public required string Way { get; init; }

    public required string Policy { get; init; }

    public required Circumstances Under { get; init; }

    public required int Logins { get; init; }

    /// <summary>Not signed in any more at the next request, at the same service.</summary>
    public required int LostAtNextRequest { get; init; }

    public required int LostAfterKill { get; init; }

    public required int LostAfterRollingRestart { get; init; }

    public required int LostAfterStoreRestart { get; init; }

    /// <summary>After SIGKILL to the part of the store that held them; <see langword="null"/>: it has no parts.</summary>
    public required int? LostAfterFailOver { get; init; }

    public required int LostAfterAdding { get; init; }

    public required int LostAfterRemoving { get; init; }

    /// <summary>Not signed in at another service of the shop.</summary>
    public required int UnknownAtSibling { get; init; }

    /// <summary>How many users shared one address.</summary>
    public required int Users { get; init; }

    /// <summary>The part of them that the busiest replica got, 0 to 1.</summary>
    public required double BusiestShare { get; init; }

    /// <summary>Bytes between browser and gateway for one signed-in <c>GET /api/session</c>, both ways; <see langword="null"/>: no login lasted long enough.</summary>
    public required double? BrowserBytes { get; init; }

    /// <summary>The same for an anonymous one.</summary>
    public required double AnonymousBytes { get; init; }

    /// <summary>Bytes of the Cookie header of a signed-in visitor.</summary>
    public required int CookieBytes { get; init; }
}
