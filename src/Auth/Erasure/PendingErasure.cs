namespace ShopSession.Auth.Erasure;

/// <summary>An account that was deleted here and of which other services and the session store still have to hear.</summary>
internal sealed class PendingErasure
{
    public required string UserId { get; init; }

    public DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }
}
