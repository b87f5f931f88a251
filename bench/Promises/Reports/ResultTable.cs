using System.Globalization;

namespace ShopSession.Promises.Bench.Reports;

/// <summary>The one table, as Markdown whose columns also line up on a terminal.</summary>
internal static class ResultTable
{
    private static readonly string[] Head = ["#", "promise, and how it was tried", "trials", "violations", "p50 ms", "p99 ms", "max ms", "note"];

    public static IEnumerable<string> Lines(IReadOnlyList<PromiseRow> rows)
    {
        string[][] cells = [Head, .. rows.Select(Cells)];
        var widths = Enumerable.Range(0, Head.Length).Select(column => cells.Max(row => row[column].Length)).ToArray();
        yield return Line(Head, widths);
        yield return $"|{string.Join('|', widths.Select((width, column) => IsNumber(column) ? new string('-', width + 1) + ":" : new string('-', width + 2)))}|";
        foreach (var row in cells.Skip(1)) yield return Line(row, widths);
    }

    private static string Line(string[] row, int[] widths) =>
        $"| {string.Join(" | ", row.Select((cell, column) => IsNumber(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])))} |";

    private static bool IsNumber(int column) => column is 0 or (>= 2 and <= 6);

    private static string[] Cells(PromiseRow row) =>
    [
        row.Promise.ToString(CultureInfo.InvariantCulture), row.What,
        row.Trials.ToString("N0", CultureInfo.InvariantCulture), row.Violations.ToString("N0", CultureInfo.InvariantCulture),
        Time(row.Times?.P50), Time(row.Times?.P99), Time(row.Times?.Max), row.Note,
    ];

    private static string Time(double? milliseconds) => milliseconds?.ToString(milliseconds < 100 ? "0.0" : "N0", CultureInfo.InvariantCulture) ?? "";
}
