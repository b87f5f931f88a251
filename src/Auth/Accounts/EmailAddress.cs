using System.Globalization;
using System.Net.Mail;

namespace ShopSession.Auth.Accounts;

/// <summary>The rules of an email address, and the one form in which it is stored and looked up.</summary>
internal static class EmailAddress
{
    // RFC 5321, 4.5.3.1: 64 octets before the @, 254 in all.
    public const int MaxLength = 254;

    private static readonly IdnMapping Idn = new();

    /// <summary>
    /// Trims, composes and writes the host in lower case and ASCII; the part before the @ stays as typed (Identity compares it without
    /// regard to case). <see langword="null"/> with a reason when it cannot be an address.
    /// </summary>
    public static string? Parse(string? text, out string error)
    {
        error = "";
        var typed = TextForm.Normalize(text?.Trim());
        if (string.IsNullOrEmpty(typed))
        {
            error = T["Enter your email address."];
            return null;
        }

        error = T["This is not an email address. It looks like name@example.com."];
        var at = typed.LastIndexOf('@');
        if (typed.Length > MaxLength || at is < 1 or > 64 || at == typed.Length - 1 || typed.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '"' or '<' or '>' or ',' or ';')) return null;
        if (HostOf(typed[(at + 1)..]) is not { } host || !MailAddress.TryCreate($"{typed[..at]}@{host}", out var parsed) || parsed.Address.Length > MaxLength) return null;
        error = "";
        return $"{typed[..at]}@{host}";
    }

    private static string? HostOf(string text)
    {
        try
        {
            var host = Idn.GetAscii(text).ToLowerInvariant();
            return Uri.CheckHostName(host) == UriHostNameType.Dns && host.Contains('.', StringComparison.Ordinal) ? host : null;
        }
        catch (ArgumentException)
        {
            // Not a name that any host can have.
            return null;
        }
    }
}
