using System.Globalization;
using System.Text;

namespace ShopSession.Catalog.Search;

/// <summary>Cuts text into the words that searching works with: lower case, without accents, letters and digits only.</summary>
internal static class SearchTerms
{
    private const int MaxTerms = 8;
    private const int MaxLength = 40;

    /// <summary>The words of what a visitor typed; at most 8, the rest is ignored.</summary>
    public static IReadOnlyList<string> Of(string? text) => [.. Words(text).Take(MaxTerms)];

    /// <summary>All words of a text, in order.</summary>
    public static IEnumerable<string> Words(string? text)
    {
        if (string.IsNullOrEmpty(text)) yield break;
        var word = new StringBuilder();
        foreach (var c in Fold(text))
        {
            if (char.IsLetterOrDigit(c)) word.Append(c);
            // An apostrophe joins: "bosun's" is one word.
            else if (c is '\'' or '’' || word.Length == 0) continue;
            else
            {
                yield return word.ToString(0, Math.Min(word.Length, MaxLength));
                word.Clear();
            }
        }

        if (word.Length > 0) yield return word.ToString(0, Math.Min(word.Length, MaxLength));
    }

    /// <summary>Lower case and without accents.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) folded.Append(c);
        }

        return folded.ToString();
    }
}
