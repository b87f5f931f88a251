using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ShopSession.Sessions.Transports.Url;

/// <summary>
/// Puts the id into the links and forms of a page that the site itself has made, and so is well-formed: addresses of links, of forms and of buttons that have one, and a hidden field into forms
/// that are sent as a query, whose own query browsers drop. What is loaded without being followed (pictures, style sheets) stays as it is.
/// </summary>
internal static partial class LinkRewriter
{
    /// <param name="html">The page.</param>
    /// <param name="addresses">Which addresses are the site's, and the id.</param>
    /// <param name="page">The page's own path and query, where a form without an address goes.</param>
    public static string Rewrite(string html, OwnAddresses addresses, string page) => Tag().Replace(html, tag =>
    {
        var text = Address().Replace(tag.Value, address => $"{address.Groups["before"].Value}\"{Encode(addresses.Put(Decode(address)))}\"");
        return tag.Groups["name"].Value.Equals("form", StringComparison.OrdinalIgnoreCase) ? Form(text, addresses, page) : text;
    });

    private static string Form(string tag, OwnAddresses addresses, string page)
    {
        if (Action().Match(tag) is not { Success: true } action)
        {
            // It goes to the page's own address, which had no id if the session began with this answer.
            tag = $"{tag[..^1]} action=\"{Encode(addresses.Put(page))}\">";
        }
        else if (!addresses.IsOwn(Decode(action)))
        {
            return tag;
        }

        return IsPost().IsMatch(tag) || addresses.Id is null ? tag : $"{tag}<input type=\"hidden\" name=\"{Encode(addresses.Parameter)}\" value=\"{Encode(addresses.Id)}\">";
    }

    private static string Decode(Match address) => WebUtility.HtmlDecode(address.Groups["double"].Success ? address.Groups["double"].Value : address.Groups["single"].Value);

    private static string Encode(string text) => new StringBuilder(text).Replace("&", "&amp;").Replace("\"", "&quot;").Replace("<", "&lt;").ToString();

    // A tag ends at the first > outside of quotes.
    [GeneratedRegex("""<(?<name>a|area|form|button|input)(?=[\s>])(?:[^>"']|"[^"]*"|'[^']*')*>""", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<before>\s(?:href|action|formaction)\s*=\s*)(?:"(?<double>[^"]*)"|'(?<single>[^']*)')""", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex("""\saction\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)')""", RegexOptions.IgnoreCase)]
    private static partial Regex Action();

    [GeneratedRegex("""\smethod\s*=\s*["']?post""", RegexOptions.IgnoreCase)]
    private static partial Regex IsPost();
}
