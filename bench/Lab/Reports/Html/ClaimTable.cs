using System.Globalization;
using System.Net;
using System.Text;
using ShopSession.Lab.Bench.Reports.Claims;

namespace ShopSession.Lab.Bench.Reports.Html;

/// <summary>Claims beside their figures, one table for each way of docs/strategies.md.</summary>
internal static class ClaimTable
{
    public static string Draw(IReadOnlyList<Claim> claims)
    {
        var html = new StringBuilder();
        foreach (var (row, title) in AllClaims.Rows)
        {
            var own = claims.Where(claim => claim.Row == row).ToList();
            if (own.Count == 0) continue;
            html.AppendLine(CultureInfo.InvariantCulture, $"<details open><summary><h3>{row} &middot; {Encode(title)}</h3> <span class=\"count\">{own.Count(claim => claim.Holds)} of {own.Count} hold</span></summary>");
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Claims: {Encode(title)}\"><table><thead><tr><th scope=\"col\">way</th><th scope=\"col\">claim</th><th scope=\"col\">figures</th><th scope=\"col\">verdict</th></tr></thead><tbody>");
            foreach (var claim in own)
                html.AppendLine(CultureInfo.InvariantCulture, $"<tr><td>{Encode(claim.Subject)}</td><td>{Encode(claim.Text)}</td><td>{Encode(claim.Figures)}</td><td>{Verdict(claim)}</td></tr>");
            html.AppendLine("</tbody></table></div></details>");
        }
        return html.ToString();
    }

    private static string Verdict(Claim claim) => claim.Holds ? "<span class=\"good\">holds</span>" : $"<span class=\"bad\">does not hold here</span>, because {Encode(claim.Figures)}";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
