using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;
using ShopSession.Web.Assets;

namespace ShopSession.Web.Localization;

/// <summary>
/// What the scripts say, in the visitor's language. The scripts are the same files for everybody; the texts they ask for with <c>t("…")</c> are found in them at the start, and
/// pages in another language than English carry their translations as data. Safe for concurrent use.
/// </summary>
public sealed partial class ScriptTexts
{
    // Escapes every character that could end the element.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly FrozenDictionary<string, HtmlString> _data;

    /// <summary>Finds the texts of all scripts and their translations.</summary>
    public ScriptTexts(ShopAssets assets, IEnumerable<PhraseBook> books)
    {
        ArgumentNullException.ThrowIfNull(assets);
        ArgumentNullException.ThrowIfNull(books);
        var keys = assets.Scripts.SelectMany(script => KeysOf(Encoding.UTF8.GetString(script.Span))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var all = books.Append(T).ToList();
        _data = Language.Translated.ToFrozenDictionary(language => language.Name, language => Write(keys, all, language), StringComparer.Ordinal);
    }

    /// <summary>The data for a page in the visitor's language; nothing for English, which the scripts speak by themselves.</summary>
    public IHtmlContent Data => _data.TryGetValue(CultureInfo.CurrentUICulture.Name, out var data) ? data : HtmlString.Empty;

    /// <summary>The texts that a script asks for.</summary>
    public static IEnumerable<string> KeysOf(string script) => Call().Matches(script).Select(match => match.Groups["key"].Value);

    private static HtmlString Write(List<string> keys, List<PhraseBook> books, Language language)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            foreach (var book in books)
            {
                if (book.Entries(language.Name).TryGetValue(key, out var text)) texts.TryAdd(key, text);
            }
        }

        // A data block: browsers do not run it, so the policy for scripts lets it be.
        return new HtmlString($"<script type=\"application/json\" id=\"texts\">{JsonSerializer.Serialize(texts, Json)}</script>");
    }

    [GeneratedRegex("""(?<![A-Za-z0-9_.])t\("(?<key>[^"\\]+)"[,)]""")]
    private static partial Regex Call();
}
