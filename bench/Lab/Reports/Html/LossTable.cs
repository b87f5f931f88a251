using System.Globalization;
using System.Net;
using System.Text;
using ShopSession.Lab.Bench.Results;

namespace ShopSession.Lab.Bench.Reports.Html;

/// <summary>Logins lost, each way and policy against each scenario: the more were lost, the stronger the cell's colour.</summary>
internal static class LossTable
{
    public static string Draw(IEnumerable<CellResult> cells)
    {
        var html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Logins lost\"><table class=\"losses\"><thead><tr><th scope=\"col\">way and policy</th>");
        foreach (var figure in Figures.Lost) html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{WebUtility.HtmlEncode(figure.Heading)}</th>");
        html.AppendLine("</tr></thead><tbody>");
        foreach (var cell in cells)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{WebUtility.HtmlEncode(cell.Way)} <small>{WebUtility.HtmlEncode(cell.Policy)}</small></th>");
            foreach (var figure in Figures.Lost) html.Append(Cell(figure.Value(cell), figure.Show(cell), cell.Logins));
            html.AppendLine("</tr>");
        }
        return html.Append("</tbody></table></div>").ToString();
    }

    private static string Cell(double? lost, string shown, int logins) => lost switch
    {
        null => "<td class=\"none\">-</td>",
        0 => "<td class=\"kept\">0</td>",
        _ => Say.It($"<td style=\"--lost:{15 + lost / logins * 55:0}%\">{shown}</td>"),
    };
}
