namespace ShopSession.Auth.Mail;

/// <summary>A mail that waits to be sent. It is written in the transaction of what it tells about, so that there is neither without the other.</summary>
internal sealed class OutboxMail
{
    public Guid Id { get; init; }

    /// <summary>The mail, encrypted under the shared key ring: it may hold a link that opens an account.</summary>
    public required string Content { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next. A replica that takes it moves this ahead, so that the others leave it alone meanwhile.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }
}
