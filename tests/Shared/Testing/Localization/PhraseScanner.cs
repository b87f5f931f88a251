using System.Text;
using System.Text.RegularExpressions;

namespace ShopSession.Testing.Localization;

/// <summary>Finds the texts in C# and Razor sources and makes of each the key that the compiler makes of it at run time.</summary>
public static partial class PhraseScanner
{
    public static IEnumerable<PhraseCall> Scan(string source)
    {
        foreach (Match call in Call().Matches(source))
        {
            var at = call.Index + call.Length;
            var hasValues = at < source.Length && source[at] == '$';
            if (hasValues) at++;
            if (at >= source.Length || source[at] != '"')
            {
                yield return new PhraseCall(null, call.Index, at);
                continue;
            }

            var key = Read(source, ref at, hasValues);
            yield return new PhraseCall(key, call.Index, at);
        }
    }

    /// <summary>The texts that a script asks for.</summary>
    public static IEnumerable<string> ScanScript(string source) => ScriptCall().Matches(source).Select(match => match.Groups["key"].Value);

    private static string Read(string source, ref int at, bool hasValues)
    {
        var key = new StringBuilder();
        var values = 0;
        for (at++; source[at] != '"'; at++)
        {
            if (source[at] == '\\') key.Append(source[++at] == 'n' ? '\n' : source[at]);
            else if (hasValues && source[at] == '{' && source[at + 1] != '{') key.Append(Place(values++, Value(source, ref at)));
            else
            {
                key.Append(source[at]);
                // A doubled brace stands for itself, and stays doubled in the key.
                if (hasValues && source[at] is '{' or '}') key.Append(source[++at]);
            }
        }

        return key.ToString();
    }

    private static string Place(int number, string? format) => format is null ? $"{{{number}}}" : $"{{{number}:{format}}}";

    /// <summary>Passes a value in braces and returns its format, if it has one.</summary>
    private static string? Value(string source, ref int at)
    {
        int? format = null;
        var depth = 0;
        for (at++; depth > 0 || source[at] != '}'; at++)
        {
            if (source[at] == '"') at = source.IndexOf('"', at + 1);
            else if (source[at] is '(' or '[' or '{') depth++;
            else if (source[at] is ')' or ']' or '}') depth--;
            else if (source[at] == ':' && depth == 0) format ??= at + 1;
        }

        return format is { } start ? source[start..at] : null;
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9_.>])T(\[|\.Html\()(?!\])")]
    private static partial Regex Call();

    [GeneratedRegex("""(?<![A-Za-z0-9_.])t\("(?<key>[^"\\]+)"[,)]""")]
    private static partial Regex ScriptCall();
}
