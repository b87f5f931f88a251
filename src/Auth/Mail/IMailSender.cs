namespace ShopSession.Auth.Mail;

/// <summary>Hands one mail over to whoever delivers it. Safe for concurrent use.</summary>
internal interface IMailSender
{
    /// <summary>Returns when the mail was taken.</summary>
    /// <exception cref="MailRejectedException">It will never be taken: trying again is of no use.</exception>
    Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}

/// <summary>The recipient's server refuses the mail for good.</summary>
internal sealed class MailRejectedException(string message, Exception inner) : Exception(message, inner);
