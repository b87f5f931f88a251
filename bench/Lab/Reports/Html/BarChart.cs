using System.Globalization;
using System.Net;
using System.Text;

namespace ShopSession.Lab.Bench.Reports.Html;

/// <summary>Draws horizontal bars of plain HTML: they keep the size of their text on any width, and are a list to a screen reader.</summary>
internal static class BarChart
{
    public static string Draw(string title, IEnumerable<(string Label, double? Value, string Shown)> rows)
    {
        var all = rows.ToList();
        var most = all.Max(row => row.Value ?? 0) is var max && max > 0 ? max : 1;
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{WebUtility.HtmlEncode(title)}</figcaption><dl class=\"bars\">");
        foreach (var (label, value, shown) in all)
        {
            var width = Math.Clamp((value ?? 0) / most * 100, 0, 100);
            html.Append(CultureInfo.InvariantCulture, $"<div><dt>{WebUtility.HtmlEncode(label)}</dt><dd><span class=\"track\"><span class=\"bar\" style=\"width:{width:0.#}%\"></span></span><span class=\"value\">{WebUtility.HtmlEncode(shown)}</span></dd></div>");
        }
        return html.Append("</dl></figure>").ToString();
    }
}
