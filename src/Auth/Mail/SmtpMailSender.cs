using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;

namespace ShopSession.Auth.Mail;

/// <summary>
/// Hands mail to an SMTP server. The framework's own client, because MailKit is not on the build machines' feed: it knows STARTTLS (not TLS from the first
/// byte) and passwords (not OAuth), which is what a server for sending asks of a shop.
/// </summary>
internal sealed class SmtpMailSender(IOptions<MailOptions> options) : IMailSender
{
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var client = new SmtpClient(settings.Smtp.Host, settings.Smtp.Port) { EnableSsl = settings.Smtp.StartTls, DeliveryFormat = SmtpDeliveryFormat.International };
        if (settings.Smtp.User.Length > 0) client.Credentials = new NetworkCredential(settings.Smtp.User, settings.Smtp.Password);
        using var message = new MailMessage(new MailAddress(settings.From, settings.FromName, Encoding.UTF8), new MailAddress(mail.To))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Body,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        // RFC 3834: no answering machine should answer this.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        try
        {
            await client.SendMailAsync(message, cancellationToken);
        }
        catch (SmtpException error) when (error.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath or SmtpStatusCode.MailboxNameNotAllowed)
        {
            throw new MailRejectedException($"The server refuses this recipient for good ({(int)error.StatusCode}).", error);
        }
    }
}
