using System.Globalization;
using System.Net;
using System.Text;

namespace ShopSession.Lab.Bench.Reports;

/// <summary>Draws horizontal bars as inline SVG that follows the page's colours, and says the same to a screen reader.</summary>
internal static class BarChart
{
    private const int Row = 24, Label = 250, Bar = 360, Value = 80;

    public static string Draw(string title, IReadOnlyList<(string Label, double? Value, string Shown)> rows)
    {
        var most = rows.Max(row => row.Value ?? 0) is var max && max > 0 ? max : 1;
        var height = rows.Count * Row + 6;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{WebUtility.HtmlEncode(title)}</figcaption><svg viewBox=\"0 0 {Label + Bar + Value} {height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(Spoken(title, rows))}\">");
        for (var i = 0; i < rows.Count; i++)
        {
            var middle = i * Row + 16;
            var width = Math.Max(1, (rows[i].Value ?? 0) / most * Bar);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Label - 8}\" y=\"{middle}\" text-anchor=\"end\">{WebUtility.HtmlEncode(rows[i].Label)}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Label}\" y=\"{middle - 12}\" width=\"{width:0.#}\" height=\"16\" rx=\"2\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Label + width + 6:0.#}\" y=\"{middle}\">{WebUtility.HtmlEncode(rows[i].Shown)}</text>");
        }
        return svg.Append("</svg></figure>").ToString();
    }

    private static string Spoken(string title, IEnumerable<(string Label, double? Value, string Shown)> rows) =>
        $"{title}: {string.Join("; ", rows.Select(row => $"{row.Label} {row.Shown}"))}";
}
