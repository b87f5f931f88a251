using System.Text;

namespace ShopSession.Auth.Accounts;

/// <summary>Unicode's composed form: the same text typed on two devices is the same characters.</summary>
internal static class TextForm
{
    /// <summary><see langword="null"/> when the text is none (half of a surrogate pair).</summary>
    public static string? Normalize(string? text)
    {
        if (text is null) return null;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return null;
        }

        return text.Normalize(NormalizationForm.FormC);
    }
}
