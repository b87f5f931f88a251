namespace ShopSession.Auth.TwoFactor;

/// <summary>A code of an authenticator that was accepted. It is not accepted again while the authenticator's time window has it (RFC 6238, 5.2).</summary>
internal sealed class UsedCode
{
    /// <summary>Longer than Identity's window: two steps of 30 s to either side of the current one.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    public required string UserId { get; init; }

    public required string Code { get; init; }

    public DateTimeOffset UsedAt { get; init; }
}
