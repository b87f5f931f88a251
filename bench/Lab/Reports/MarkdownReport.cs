using System.Globalization;
using System.Text;
using ShopSession.Lab.Bench.Reports.Claims;
using ShopSession.Lab.Bench.Results;

namespace ShopSession.Lab.Bench.Reports;

/// <summary>The report as docs/lab/README.md.</summary>
internal static class MarkdownReport
{
    public static string Write(LabResults results, IReadOnlyList<Claim> claims)
    {
        var text = new StringBuilder();
        text.AppendLine("# The lab: ways to keep a session, measured").AppendLine();
        text.AppendLine("Made by `dotnet run -c Release --project bench/Lab` ([how](../../bench/Lab/README.md)) from the figures in [results](results); not edited by hand. With charts: [index.html](index.html).");
        text.AppendLine(Setting.Of(results)).AppendLine();
        text.AppendLine("The same build of the services runs under every way; only environment variables differ.").AppendLine();
        AppendClaims(text, claims);
        AppendCells(text, results);
        AppendWays(text, results);
        AppendGrowth(text, results);
        return text.ToString();
    }

    private static void AppendClaims(StringBuilder text, IReadOnlyList<Claim> claims)
    {
        text.AppendLine("## What is claimed, and what was found").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{claims.Count(claim => claim.Holds)} of {claims.Count} hold. Numbers as in [strategies.md](../strategies.md).").AppendLine();
        MarkdownTable.Append(text, ["", "way", "claim", "figures", "verdict"],
            claims.Select(claim => (string[])[claim.Row, claim.Subject, claim.Text, claim.Figures, claim.Holds ? "holds" : $"**does not hold here**, because {claim.Figures}"]));
    }

    private static void AppendCells(StringBuilder text, LabResults results)
    {
        if (results.Cells.Count == 0) return;
        text.AppendLine().AppendLine("## Logins lost").AppendLine();
        text.AppendLine("Visitors sign in, something happens, each sends one request: how many are asked to sign in again? Each has an address of its own.").AppendLine();
        Figure<CellResult>[] figures = [.. Figures.Lost, .. Figures.OfCells];
        MarkdownTable.Append(text, ["way", "policy", "of", .. figures.Select(figure => figure.Heading)],
            results.Cells.Select(cell => (string[])[cell.Way, cell.Policy, cell.Logins.ToString(CultureInfo.InvariantCulture), .. figures.Select(figure => figure.Show(cell))]));
    }

    private static void AppendWays(StringBuilder text, LabResults results)
    {
        if (results.Ways.Count == 0) return;
        text.AppendLine().AppendLine("## Whatever the policy").AppendLine();
        text.AppendLine("At chosen replicas, past the gateway. \"Refused everywhere\": from the answer to a sign-out until every replica that knew the session refuses it; \"-\": no other replica ever knew it, or it was never refused. "
            + "Bytes replica-replicas are those that the writing replica sends to all others of all services together. Memory of replicas: live objects, the mean of the replicas that sessions were made at. Latency and requests/s beside requests that touch no session.").AppendLine();
        MarkdownTable.Append(text, ["way", .. Figures.OfWays.Select(figure => figure.Heading)], results.Ways.Select(way => (string[])[way.Way, .. Figures.OfWays.Select(figure => figure.Show(way))]));
    }

    private static void AppendGrowth(StringBuilder text, LabResults results)
    {
        if (results.Growth.Count == 0) return;
        text.AppendLine().AppendLine("## The cost of a write as replicas grow").AppendLine();
        text.AppendLine("Only replicas of one service run. One client writes one small value after the other at one of them.").AppendLine();
        MarkdownTable.Append(text, ["way", "replicas", .. Figures.OfGrowth.Select(figure => figure.Heading)],
            results.Growth.SelectMany(growth => growth.Points.Select(point => (string[])[growth.Way, point.Replicas.ToString(CultureInfo.InvariantCulture), .. Figures.OfGrowth.Select(figure => figure.Show(point))])));
    }
}
