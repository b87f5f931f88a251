using System.Globalization;
using System.Net;
using System.Text;
using ShopSession.Lab.Bench.Reports.Claims;
using ShopSession.Lab.Bench.Results;

namespace ShopSession.Lab.Bench.Reports.Html;

/// <summary>The report as one page without anything to load; its head is Page.html beside this file.</summary>
internal static class HtmlReport
{
    private static readonly Lazy<string> Head = new(ReadHead);

    public static string Write(LabResults results, IReadOnlyList<Claim> claims)
    {
        var page = new StringBuilder(Head.Value);
        page.AppendLine(CultureInfo.InvariantCulture, $"<header><h1>The lab: ways to keep a session, measured</h1><p class=\"tally\">{claims.Count(claim => claim.Holds)} of {claims.Count} claims hold.</p><p class=\"lead\">{Encode(Setting.Of(results))}</p>");
        page.AppendLine("<nav aria-label=\"On this page\"><ul><li><a href=\"#lost\">Logins lost</a></li><li><a href=\"#requests\">Requests</a></li><li><a href=\"#ways\">Whatever the policy</a></li><li><a href=\"#growth\">More replicas</a></li><li><a href=\"#claims\">Claims</a></li></ul></nav></header>");
        page.AppendLine("<main>");
        AppendCells(page, results);
        AppendWays(page, results);
        AppendGrowth(page, results);
        page.AppendLine("<h2 id=\"claims\">What is claimed, and what was found</h2><p>Numbers as in docs/strategies.md.</p>").Append(ClaimTable.Draw(claims));
        page.AppendLine("</main>").AppendLine("<footer><p>Made by <code>dotnet run -c Release --project bench/Lab</code> from the figures in docs/lab/results; not edited by hand.</p></footer>");
        return page.AppendLine("</body>").AppendLine("</html>").ToString();
    }

    private static void AppendCells(StringBuilder page, LabResults results)
    {
        if (results.Cells.Count == 0) return;
        page.AppendLine(CultureInfo.InvariantCulture, $"<h2 id=\"lost\">Logins lost</h2><p>{Say.Either(results.Cells.Select(cell => cell.Logins))} visitors sign in, something happens, each sends one request: how many are asked to sign in again?</p>").AppendLine(LossTable.Draw(results.Cells));
        page.AppendLine("<h2 id=\"requests\">Requests through the gateway</h2><div class=\"charts\">");
        foreach (var figure in Figures.OfCells) page.AppendLine(BarChart.Draw(figure.Heading, results.Cells.Select(cell => ($"{cell.Way}, {cell.Policy}", figure.Value(cell), figure.Show(cell)))));
        page.AppendLine("</div>");
    }

    private static void AppendWays(StringBuilder page, LabResults results)
    {
        if (results.Ways.Count == 0) return;
        page.AppendLine("<h2 id=\"ways\">Whatever the policy</h2><p>At chosen replicas, past the gateway. \"-\" is: there is none, or, of a refusal, that it never came.</p><div class=\"charts\">");
        foreach (var figure in Figures.OfWays) page.AppendLine(BarChart.Draw(figure.Heading, results.Ways.Select(way => (way.Way, figure.Value(way), figure.Show(way)))));
        page.AppendLine("</div>");
    }

    private static void AppendGrowth(StringBuilder page, LabResults results)
    {
        if (results.Growth.Count == 0) return;
        page.AppendLine("<h2 id=\"growth\">The cost of a write as replicas grow</h2><p>Only replicas of one service run. One client writes one small value after the other at one of them.</p><div class=\"charts\">");
        foreach (var figure in Figures.OfGrowth)
            page.AppendLine(LineChart.Draw(figure.Heading, [.. results.Growth.Select(growth => (growth.Way, Points(growth, figure))).Where(line => line.Item2.Count > 0)]));
        page.AppendLine("</div>");
    }

    private static IReadOnlyList<(int Replicas, double Value)> Points(GrowthResult growth, Figure<GrowthPoint> figure) =>
        [.. growth.Points.Where(point => figure.Value(point) is not null).Select(point => (point.Replicas, figure.Value(point)!.Value))];

    private static string ReadHead()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("Page.html") ?? throw new InvalidOperationException("The page's head is not in the assembly: embed Reports/Html/Page.html.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
