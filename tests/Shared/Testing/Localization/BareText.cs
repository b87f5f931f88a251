using System.Text;
using System.Text.RegularExpressions;

namespace ShopSession.Testing.Localization;

/// <summary>Finds words of a page that stand in it without a way to be said in another language. It reads Razor roughly: what it finds is there, but it may miss something.</summary>
internal static partial class BareText
{
    // The shop's name is the same in every language.
    private static readonly string[] Names = ["Holdfast"];

    public static IEnumerable<string> In(string page)
    {
        var rest = new StringBuilder(Comment().Replace(page, ""));
        foreach (var call in PhraseScanner.Scan(rest.ToString()).ToList()) Blank(rest, call.Start, call.End);
        var markup = Code().Replace(rest.ToString(), "");
        return Word().Matches(markup).Select(match => (match.Groups["text"].Success ? match.Groups["text"] : match.Groups["attribute"]).Value.Trim())
            .Where(text => Letters().IsMatch(text) && !Names.Contains(text));
    }

    private static void Blank(StringBuilder text, int start, int end)
    {
        for (var i = start; i < end; i++) text[i] = ' ';
    }

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    // Heads of statements, expressions in parentheses (two levels deep), generic types.
    [GeneratedRegex(@"@?(if|foreach|for|while|switch|else if)? ?@?\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)|List<[A-Za-z]+>")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<=>)(?<text>[^<>@{}()=;]+)(?=<)|(?<=\s)(?:aria-label|title|placeholder|alt|data-label|label|hint)=""(?<attribute>[^""@]+)""")]
    private static partial Regex Word();

    [GeneratedRegex(@"\p{L}{2}")]
    private static partial Regex Letters();
}
