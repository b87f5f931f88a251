using System.Globalization;
using System.Text;

namespace ShopSession.Catalog.Products;

/// <summary>The readable part of an address: lower-case Latin letters, digits and single hyphens.</summary>
internal static class Slugs
{
    /// <summary>The most characters of a product's slug.</summary>
    public const int MaxLength = 80;

    /// <summary>Makes one of a name; empty when the name has nothing that may stand in it.</summary>
    public static string Of(string text)
    {
        var slug = new StringBuilder(text.Length);
        // Decomposed, an accented letter is its plain one and a mark, which is left out.
        foreach (var letter in text.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter)) slug.Append(letter);
            else if (letter != '\'' && letter != '’' && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString()[..Math.Min(slug.Length, MaxLength)].TrimEnd('-');
    }

    /// <summary>Whether the text is a slug already.</summary>
    public static bool IsSlug(string text) => text.Length is > 0 and <= MaxLength && Of(text) == text;
}
