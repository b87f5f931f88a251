using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace ShopSession.Catalog.Search;

/// <summary>Marks in a text the words that a search found. The text itself is encoded like any other.</summary>
internal static class Highlighter
{
    public static IHtmlContent Mark(string text, IReadOnlyList<string> terms)
    {
        var html = new HtmlContentBuilder();
        if (terms.Count == 0) return html.Append(text);
        var stems = terms.Select(Stem).ToArray();
        var start = 0;
        while (start < text.Length)
        {
            var isWord = char.IsLetterOrDigit(text[start]);
            var end = start + 1;
            while (end < text.Length && char.IsLetterOrDigit(text[end]) == isWord) end++;
            var part = text[start..end];
            if (isWord && stems.Any(stem => SearchTerms.Fold(part).StartsWith(stem, StringComparison.Ordinal)))
            {
                var mark = new TagBuilder("mark");
                mark.InnerHtml.Append(part);
                html.AppendHtml(mark);
            }
            else
            {
                html.Append(part);
            }

            start = end;
        }

        return html;
    }

    // The index stems words; for marking it is enough that plural and singular begin alike.
    private static string Stem(string term) => term switch
    {
        { Length: > 4 } when term.EndsWith("ies", StringComparison.Ordinal) => term[..^3],
        { Length: > 4 } when term.EndsWith("es", StringComparison.Ordinal) => term[..^2],
        { Length: > 3 } when term.EndsWith('s') => term[..^1],
        { Length: > 5 } when term.EndsWith("ing", StringComparison.Ordinal) => term[..^3],
        _ => term,
    };
}
