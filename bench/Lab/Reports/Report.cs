using ShopSession.Lab.Bench.Reports.Claims;
using ShopSession.Lab.Bench.Reports.Html;
using ShopSession.Lab.Bench.Results;

namespace ShopSession.Lab.Bench.Reports;

/// <summary>Writes README.md and index.html, and the figures in docs/strategies.md, from the results alone.</summary>
/// <param name="files">The results, and where the report goes.</param>
/// <param name="strategies">The path of docs/strategies.md; <see langword="null"/>: it is left alone.</param>
internal sealed class Report(ResultFiles files, string? strategies)
{
    public void Write()
    {
        var results = files.Read().InOrder();
        if (results.IsEmpty) return;
        var claims = AllClaims.Of(results);
        File.WriteAllText(Path.Combine(files.Folder, "README.md"), MarkdownReport.Write(results, claims));
        File.WriteAllText(Path.Combine(files.Folder, "index.html"), HtmlReport.Write(results, claims));
        if (strategies is not null) File.WriteAllText(strategies, StrategiesBlock.Renew(File.ReadAllText(strategies), results));
    }
}
