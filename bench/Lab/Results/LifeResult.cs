namespace ShopSession.Lab.Bench.Results;

/// <summary>How long a copy of the cookies goes on after the sign-out, where the client carries the session.</summary>
internal sealed record LifeResult
{
    public required string Way { get; init; }

    public required Circumstances Under { get; init; }

    /// <summary>The idle time in seconds, set as short as this so that its end can be awaited.</summary>
    public required double IdleSeconds { get; init; }

    /// <summary>From the sign-in to the sign-out, in seconds.</summary>
    public required double SignedOutAfterSeconds { get; init; }

    /// <summary>From the sign-in until another replica refused the copy, in seconds.</summary>
    public required double RefusedAfterSeconds { get; init; }
}
