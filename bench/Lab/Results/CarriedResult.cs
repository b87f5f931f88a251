namespace ShopSession.Lab.Bench.Results;

/// <summary>What was found of sessions that the client carries.</summary>
internal sealed record CarriedResult
{
    /// <summary>Whether a cookie with one character changed was still taken for a session.</summary>
    public required bool TamperedIsAccepted { get; init; }

    /// <summary>The status with which a write was refused: the first, or the one that made the session too large; <see langword="null"/>: none was refused.</summary>
    public required int? RefusedWith { get; init; }

    /// <summary>Bytes of cookies after the last write that was taken; 0: none was.</summary>
    public required int LargestBytes { get; init; }

    /// <summary>Whether after the refusal everything written before was there, and nothing of what was refused.</summary>
    public required bool KeptWhatItHad { get; init; }
}
