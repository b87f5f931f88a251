using ShopSession.Lab.Bench.Reports;
using ShopSession.Lab.Bench.Results;
using ShopSession.Lab.Tests.Support;

namespace ShopSession.Lab.Tests.Reports;

public sealed class ReportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shop-lab-report-");

    private string Strategies => Path.Combine(_folder.FullName, "strategies.md");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_report_is_made_of_the_result_files_alone()
    {
        var files = WithResults();

        new Report(new ResultFiles(_folder.FullName), null).Write();

        var report = Read("README.md");
        Assert.True(files.Has("cell-redis-round-robin"));
        Assert.Contains("| redis | round-robin | 100 | 0 | 7 |", report, StringComparison.Ordinal);
        Assert.Contains("**does not hold here**, because 7 of 100 logins were lost in five scenarios", report, StringComparison.Ordinal);
        Assert.Contains("load average when each was done: 1.5 to 1.5", report, StringComparison.Ordinal);
        Assert.Contains("| replicated | 8 | 720 |", report, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_has_everything_in_itself()
    {
        WithResults();

        new Report(new ResultFiles(_folder.FullName), null).Write();

        var page = Read("index.html");
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page, StringComparison.Ordinal);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains("class=\"bar\"", page, StringComparison.Ordinal);
        Assert.Contains("a &lt;way&gt;", page, StringComparison.Ordinal);
        Assert.Equal(page.Split("<figure").Length, page.Split("</figure>").Length);
    }

    [Fact]
    public void Only_what_stands_between_the_markers_is_written_anew()
    {
        var files = WithResults();
        File.WriteAllText(Strategies, $"before\n{StrategiesBlock.Begin}\nold figures\n{StrategiesBlock.End}\nafter\n");

        new Report(files, Strategies).Write();
        var once = Read("strategies.md");
        new Report(files, Strategies).Write();

        Assert.StartsWith($"before\n{StrategiesBlock.Begin}\nMeasured 2026-03-04", once, StringComparison.Ordinal);
        Assert.EndsWith($"{StrategiesBlock.End}\nafter\n", once, StringComparison.Ordinal);
        Assert.Contains("| redis | 100 | 0 | 7 |", once, StringComparison.Ordinal);
        Assert.DoesNotContain("old figures", once, StringComparison.Ordinal);
        Assert.Equal(once, Read("strategies.md"));
    }

    [Fact]
    public void Without_the_markers_the_document_is_left_alone_and_the_error_says_which()
    {
        File.WriteAllText(Strategies, "no markers");

        var problem = Assert.Throws<InvalidOperationException>(() => new Report(WithResults(), Strategies).Write());

        Assert.Contains(StrategiesBlock.Begin, problem.Message, StringComparison.Ordinal);
        Assert.Equal("no markers", Read("strategies.md"));
    }

    private ResultFiles WithResults()
    {
        var files = new ResultFiles(_folder.FullName);
        files.Write("cell-redis-round-robin", Sample.Cell("redis") with { LostAfterKill = 7 });
        files.Write("cell-odd-round-robin", Sample.Cell("a <way>"));
        files.Write("figures-redis", Sample.Way("redis"));
        files.Write("growth-replicated", Sample.Growth("replicated", (1, 0), (2, 100), (8, 720)));
        files.Write("logins-redis", Sample.Logins);
        return files;
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(_folder.FullName, name));
}
