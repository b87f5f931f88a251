using System.Globalization;
using System.Text;

namespace ShopSession.Auth.Accounts;

/// <summary>The rules of a name that is shown to its owner and, on orders, to the shop.</summary>
internal static class DisplayName
{
    public const int MaxLength = 60;

    /// <summary>Tidies <paramref name="text"/>; <see langword="null"/> with a reason when it cannot be a name.</summary>
    public static string? Parse(string? text, out string error)
    {
        error = "";
        var name = TextForm.Normalize(text?.Trim());
        if (string.IsNullOrEmpty(name)) error = text is { Length: > 0 } && name is null ? T["This holds characters that are not text."] : T["Enter the name we should call you."];
        else if (name.Length > MaxLength) error = T[$"Use at most {MaxLength} characters."];
        else if (name.EnumerateRunes().Any(IsInvisible)) error = T["Line breaks and invisible characters cannot be part of a name."];
        return error.Length == 0 ? name : null;
    }

    // Format characters turn the direction of the text around them or hide; the joiners belong to scripts and emoji.
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D));
}
