using System.Globalization;
using System.Net;
using System.Text;
using ShopSession.Lab.Bench.Results;

namespace ShopSession.Lab.Bench.Reports;

/// <summary>One page without anything to load: claims as a table, each figure as a chart.</summary>
internal static class HtmlReport
{
    private const string Head = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>The lab: strategies and policies, measured</title>
        <style>
        :root { color-scheme: light dark; --bar: light-dark(#2f6f4f, #7cc7a0); --line: light-dark(#d5d5cf, #45453f); --bad: light-dark(#9c2f1f, #ff9d8a); }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 0 auto; padding: 1rem; background: light-dark(#fff, #1b1b19); color: light-dark(#1d1d1b, #ecece6); }
        h1 { line-height: 1.2; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; }
        th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
        .bad { color: var(--bad); font-weight: 600; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1rem; }
        figure { margin: 0; } figcaption { font-weight: 600; }
        svg { width: 100%; height: auto; } svg text { font-size: 13px; fill: currentColor; } rect { fill: var(--bar); }
        </style>
        </head>
        <body>
        <main>
        <h1>The lab: strategies and policies, measured</h1>
        """;

    public static string Write(IReadOnlyList<CellResult> cells, IReadOnlyList<StrategyResult> strategies, IReadOnlyList<Claim> claims)
    {
        var page = new StringBuilder(Head).AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"<p>{Encode(Report.Setting(cells))}</p>");
        page.AppendLine("<h2>What is claimed, and what was found</h2>").AppendLine("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Claims\"><table><thead><tr><th scope=\"col\">of</th><th scope=\"col\">claim</th><th scope=\"col\">figures</th><th scope=\"col\">verdict</th></tr></thead><tbody>");
        foreach (var claim in claims)
            page.AppendLine(CultureInfo.InvariantCulture, $"<tr><td>{Encode(claim.Subject)}</td><td>{Encode(claim.Text)}</td><td>{Encode(claim.Figures)}</td><td{(claim.Holds ? "" : " class=\"bad\"")}>{(claim.Holds ? "holds" : "does not hold here")}</td></tr>");
        page.AppendLine("</tbody></table></div>");
        if (cells.Count > 0)
        {
            page.AppendLine("<h2>Strategies and policies</h2><p>Logins lost: of those that signed in, how many are asked to sign in again at the next request after what the chart names.</p><div class=\"charts\">");
            foreach (var figure in Figures.OfCells)
                page.AppendLine(BarChart.Draw(figure.Heading, [.. cells.Select(cell => ($"{cell.Strategy} + {cell.Policy}", figure.Value(cell), figure.Show(cell)))]));
            page.AppendLine("</div>");
        }
        if (strategies.Count > 0)
        {
            page.AppendLine("<h2>Whatever the policy</h2><div class=\"charts\">");
            foreach (var figure in Figures.OfStrategies)
                page.AppendLine(BarChart.Draw(figure.Heading, [.. strategies.Select(result => (result.Strategy, figure.Value(result), figure.Show(result)))]));
            page.AppendLine("</div>");
        }
        return page.AppendLine("</main>").AppendLine("</body>").AppendLine("</html>").ToString();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
