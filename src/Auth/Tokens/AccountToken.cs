namespace ShopSession.Auth.Tokens;

/// <summary>A token that was sent by mail. Only its hash is kept, so that nobody can use it who reads the database.</summary>
internal sealed class AccountToken
{
    /// <summary>SHA-256 of the token, base64url.</summary>
    public required string Hash { get; init; }

    public required string UserId { get; init; }

    public TokenPurpose Purpose { get; init; }

    /// <summary>The address that it was sent to: what its use proves.</summary>
    public required string Email { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
