using ShopSession.Auth.Accounts;

namespace ShopSession.Auth.Passwords;

/// <summary>Whether a text is worth comparing with a password's hash.</summary>
internal static class PasswordText
{
    /// <summary>No account has a password that is longer or no text, so nothing is hashed for one.</summary>
    public static bool CanBePassword(string text) => text.Length is > 0 and <= PasswordPolicy.MaxLength * 2 && TextForm.Normalize(text) is not null;
}
