namespace ShopSession.Auth.Mail;

/// <summary>A mail in plain text.</summary>
/// <param name="To">The recipient's address; empty: nobody. Such a mail costs the request what a real one costs, and is thrown away when it is due.</param>
/// <param name="Subject">One line of the shop's own words, never a visitor's.</param>
/// <param name="Body">The text.</param>
internal sealed record OutgoingMail(string To, string Subject, string Body);
