namespace ShopSession.Auth.Passkeys;

/// <summary>A passkey of an account: the public half of a key pair whose other half an authenticator keeps (WebAuthn's credential record).</summary>
internal sealed class Passkey
{
    /// <summary>How many an account has at most.</summary>
    public const int Most = 10;

    /// <summary>WebAuthn's limit, in bytes.</summary>
    public const int MaxCredentialId = 1023;

    /// <summary>Names it in the account's list. The authenticator's own id is as long as it likes and says who made it.</summary>
    public Guid Id { get; init; }

    public required string UserId { get; init; }

    /// <summary>The authenticator's id of it, unique over all accounts.</summary>
    public required byte[] CredentialId { get; init; }

    /// <summary>COSE.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last sign-in with it.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>The authenticator's count of uses; stays 0 for those that do not count.</summary>
    public long SignCount { get; set; }

    /// <summary>How the authenticator is reached (<c>internal,hybrid</c>): a hint for browsers.</summary>
    public required string Transports { get; init; }

    /// <summary>Whether it may be copied to other devices of its owner, as those of phones and password managers are.</summary>
    public bool BackupEligible { get; init; }

    /// <summary>Whether it has been.</summary>
    public bool BackedUp { get; set; }
}
