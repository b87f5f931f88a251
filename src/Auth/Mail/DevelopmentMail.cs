namespace ShopSession.Auth.Mail;

/// <summary>A mail in the development mailbox.</summary>
internal sealed class DevelopmentMail
{
    public long Id { get; init; }

    public required string To { get; init; }

    public required string Subject { get; init; }

    public required string Body { get; init; }

    public DateTimeOffset SentAt { get; init; }
}
