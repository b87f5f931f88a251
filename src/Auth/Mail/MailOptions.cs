namespace ShopSession.Auth.Mail;

/// <summary>How the shop's mail goes out; bound from the section <c>Mail</c>.</summary>
internal sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>The sender's address. Needed with SMTP.</summary>
    public string From { get; set; } = "";

    /// <summary>The sender's name.</summary>
    public string FromName { get; set; } = "Holdfast";

    /// <summary>Whether mail is kept in the development mailbox instead of being sent; unset: in Development, when no SMTP server is named.</summary>
    public bool? Mailbox { get; set; }

    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>How often each replica looks for mail that is due: for what another replica queued and could not send. At most this much later it goes out.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What is done with mail in an environment.</summary>
    public MailMode ModeIn(bool development) => this switch
    {
        { Mailbox: true } => MailMode.Mailbox,
        { Smtp.Host.Length: > 0 } => MailMode.Smtp,
        { Mailbox: null } when development => MailMode.Mailbox,
        _ => MailMode.None,
    };
}

/// <summary>The mail server that takes the shop's mail.</summary>
internal sealed class SmtpOptions
{
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Whether the connection must be encrypted (STARTTLS). Turn it off only for a server on the same machine.</summary>
    public bool StartTls { get; set; } = true;
}

/// <summary>What is done with mail.</summary>
internal enum MailMode
{
    /// <summary>There is none: what needs it says so.</summary>
    None,

    /// <summary>It is kept where developers read it.</summary>
    Mailbox,

    /// <summary>It is sent.</summary>
    Smtp,
}
