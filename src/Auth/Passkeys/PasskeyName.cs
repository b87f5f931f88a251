using ShopSession.Auth.Accounts;

namespace ShopSession.Auth.Passkeys;

/// <summary>The rules of what a passkey is called; only its owner reads it.</summary>
internal static class PasskeyName
{
    public const int MaxLength = DisplayName.MaxLength;

    /// <summary>The field in the JSON API.</summary>
    public const string Field = "name";

    /// <summary>Tidies <paramref name="text"/>; <see langword="null"/> with a reason when it cannot be a name.</summary>
    public static string? Parse(string? text, out string error)
    {
        var name = DisplayName.Parse(text, out error);
        if (string.IsNullOrWhiteSpace(text)) error = T["Enter a name for the passkey."];
        return name;
    }
}
