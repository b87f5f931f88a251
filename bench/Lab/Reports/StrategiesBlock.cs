using System.Text;
using ShopSession.Lab.Bench.Results;

namespace ShopSession.Lab.Bench.Reports;

/// <summary>The row of figures of each way in docs/strategies.md, between two markers; the rest of that file is people's.</summary>
internal static class StrategiesBlock
{
    public const string Begin = "<!-- Figures: written by bench/Lab, not by hand. -->";
    public const string End = "<!-- End of the figures. -->";

    /// <summary>Puts the figures between the markers.</summary>
    /// <exception cref="InvalidOperationException">The markers are not there.</exception>
    public static string Renew(string document, LabResults results)
    {
        var (begin, end) = (document.IndexOf(Begin, StringComparison.Ordinal), document.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin) throw new InvalidOperationException($"docs/strategies.md has no line '{Begin}' with a line '{End}' after it: put both where the lab's figures belong.");
        return document[..(begin + Begin.Length)] + "\n" + Block(results) + document[end..];
    }

    private static string Block(LabResults results)
    {
        var text = new StringBuilder();
        text.AppendLine(Setting.Of(results)).AppendLine();
        text.AppendLine("Logins lost of those that signed in, under round robin, and what each request carries:").AppendLine();
        MarkdownTable.Append(text, ["way", "of", .. OfCells.Select(figure => figure.Heading)],
            results.Cells.Select(cell => cell.Way).Distinct().Select(way => results.Cell(way)!).Select(cell => (string[])[cell.Way, Say.It($"{cell.Logins}"), .. OfCells.Select(figure => figure.Show(cell))]));
        text.AppendLine().AppendLine("What it costs (\"-\": there is none, or it was never refused):").AppendLine();
        MarkdownTable.Append(text, ["way", .. Figures.OfWays.Select(figure => figure.Heading)], results.Ways.Select(way => (string[])[way.Way, .. Figures.OfWays.Select(figure => figure.Show(way))]));
        return text.ToString();
    }

    private static Figure<CellResult>[] OfCells { get; } =
    [
        new("next request", cell => cell.LostAtNextRequest, "0"),
        new("kill -9 of a replica", cell => cell.LostAfterKill, "0"),
        new("rolling restart", cell => cell.LostAfterRollingRestart, "0"),
        new("one added", cell => cell.LostAfterAdding, "0"),
        new("one removed", cell => cell.LostAfterRemoving, "0"),
        new("store restarted", cell => cell.LostAfterStoreRestart, "0"),
        Figures.CookieBytes,
    ];
}
