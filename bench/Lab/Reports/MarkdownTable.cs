using System.Text;

namespace ShopSession.Lab.Bench.Reports;

/// <summary>Writes tables.</summary>
internal static class MarkdownTable
{
    public static void Append(StringBuilder text, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        text.Append("| ").AppendJoin(" | ", headings).AppendLine(" |");
        text.Append('|').Insert(text.Length, "---|", headings.Count).AppendLine();
        foreach (var row in rows) text.Append("| ").AppendJoin(" | ", row).AppendLine(" |");
    }
}
