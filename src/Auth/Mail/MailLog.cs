namespace ShopSession.Auth.Mail;

/// <summary>What the mail writes down. Never addresses or texts: both are somebody's.</summary>
internal static partial class MailLog
{
    [LoggerMessage(4101, LogLevel.Warning, "No way to send mail is set up (Mail:Smtp:Host, Mail:From): addresses cannot be confirmed and forgotten passwords not replaced")]
    public static partial void NotSetUp(ILogger logger);

    [LoggerMessage(4102, LogLevel.Error, "The outbox could not be read")]
    public static partial void OutboxFailed(ILogger logger, Exception error);

    [LoggerMessage(4103, LogLevel.Warning, "Mail {Mail} was not sent at attempt {Attempt}; it is tried again in {Wait}")]
    public static partial void NotSent(ILogger logger, Guid mail, int attempt, TimeSpan wait, Exception error);

    [LoggerMessage(4104, LogLevel.Error, "Mail {Mail} was given up after {Attempts} attempts")]
    public static partial void GivenUp(ILogger logger, Guid mail, int attempts, Exception error);

    [LoggerMessage(4105, LogLevel.Warning, "Mail {Mail} was refused for good")]
    public static partial void Rejected(ILogger logger, Guid mail, Exception error);

    [LoggerMessage(4106, LogLevel.Error, "Mail {Mail} was encrypted with a key that is gone, and is dropped")]
    public static partial void Unreadable(ILogger logger, Guid mail);
}
