using System.Globalization;
using System.Text;
using ShopSession.Lab.Bench.Results;

namespace ShopSession.Lab.Bench.Reports;

/// <summary>Writes README.md and index.html of docs/lab, from the results alone.</summary>
internal static class Report
{
    public static void Write(ResultFiles files)
    {
        var (cells, strategies) = (files.Cells, files.Strategies);
        if (cells.Count == 0 && strategies.Count == 0) return;
        var claims = new Claims(cells, strategies).All().ToList();
        File.WriteAllText(Path.Combine(files.Lab, "README.md"), Markdown(cells, strategies, claims));
        File.WriteAllText(Path.Combine(files.Lab, "index.html"), HtmlReport.Write(cells, strategies, claims));
    }

    internal static string Setting(IReadOnlyList<CellResult> cells) => string.Create(CultureInfo.InvariantCulture,
        $"Measured {cells.Select(cell => cell.MeasuredAt).DefaultIfEmpty().Max():yyyy-MM-dd}: {string.Join(" or ", cells.Select(cell => cell.Replicas).Distinct().Order())} replicas of the measured service, {string.Join(" or ", cells.Select(cell => cell.Logins).Distinct().Order())} logins per scenario, everything on one machine. Compare rows, not machines.");

    private static string Markdown(IReadOnlyList<CellResult> cells, IReadOnlyList<StrategyResult> strategies, IReadOnlyList<Claim> claims)
    {
        var text = new StringBuilder();
        text.AppendLine("# The lab: strategies and policies, measured").AppendLine();
        text.AppendLine("Made by `dotnet run -c Release --project bench/Lab` ([how](../../bench/Lab/README.md)) from the figures in [results](results); not edited by hand. With charts: [index.html](index.html).").AppendLine();
        text.AppendLine(Setting(cells)).AppendLine();
        text.AppendLine("## What is claimed, and what was found").AppendLine();
        Table(text, ["", "claim", "figures", "verdict"], claims.Select(claim => (string[])[claim.Subject, claim.Text, claim.Figures, claim.Holds ? "holds" : "**does not hold here**"]));
        text.AppendLine().AppendLine("## Logins lost").AppendLine();
        text.AppendLine("Visitors sign in, something happens, each sends one request: how many are asked to sign in again? Each has an address of its own.").AppendLine();
        Table(text, ["strategy", "policy", "of", .. Figures.OfCells.Select(figure => figure.Heading)],
            cells.Select(cell => (string[])[cell.Strategy, cell.Policy, cell.Logins.ToString(CultureInfo.InvariantCulture), .. Figures.OfCells.Select(figure => figure.Show(cell))]));
        text.AppendLine().AppendLine("## Whatever the policy").AppendLine();
        text.AppendLine("At chosen replicas, past the gateway. \"Refused everywhere\": from the answer to a sign-out until every replica that knew the session refuses it; \"-\": no other replica ever knew it. Memory of replicas is resident memory and rough. Latency and requests/s beside requests that touch no session.").AppendLine();
        Table(text, ["strategy", .. Figures.OfStrategies.Select(figure => figure.Heading)], strategies.Select(result => (string[])[result.Strategy, .. Figures.OfStrategies.Select(figure => figure.Show(result))]));
        return text.ToString();
    }

    private static void Table(StringBuilder text, IReadOnlyList<string> headings, IEnumerable<string[]> rows)
    {
        text.Append("| ").AppendJoin(" | ", headings).AppendLine(" |");
        text.Append('|').Insert(text.Length, "---|", headings.Count).AppendLine();
        foreach (var row in rows) text.Append("| ").AppendJoin(" | ", row).AppendLine(" |");
    }
}
