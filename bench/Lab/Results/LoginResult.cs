namespace ShopSession.Lab.Bench.Results;

/// <summary>What was measured of the ways in which a login travels: as a token, in a widened cookie, one at a time.</summary>
internal sealed record LoginResult
{
    public required Circumstances Under { get; init; }

    /// <summary>Services at which a token of one is a login, of <see cref="Services"/>; no cookie was sent.</summary>
    public required int TokenServices { get; init; }

    /// <summary>Milliseconds from the answer to a sign-out until every replica of the measured service refused its token.</summary>
    public required double TokenRefused { get; init; }

    public required int Services { get; init; }

    /// <summary>Services that the cookie of one login reaches and that know it.</summary>
    public required int CookieServices { get; init; }

    /// <summary>Foreign hosts, of three that were tried, to which the cookie would be sent.</summary>
    public required int ForeignHosts { get; init; }

    /// <summary>How often a user with one allowed session signed in at a second place.</summary>
    public required int SecondLogins { get; init; }

    /// <summary>Of those: the first session was still accepted after ten seconds.</summary>
    public required int FirstAlive { get; init; }

    /// <summary>Milliseconds from the second sign-in's answer until every replica refused the first session.</summary>
    public required double FirstRefusedMedian { get; init; }

    public required double FirstRefusedWorst { get; init; }
}
