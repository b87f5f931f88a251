using ShopSession.Testing;

namespace ShopSession.Promises.Tests;

/// <summary>Runs bench/Promises and reads what it prints.</summary>
internal static class PromisesProcess
{
    public static Task<BenchProcess> RunAsync(params string[] arguments) => BenchProcess.RunAsync("ShopSession.Promises.Bench.dll", arguments, TestContext.Current.CancellationToken);

    /// <summary>The table's rows: the promise's number, what was tried, trials and violations.</summary>
    public static IEnumerable<(int Promise, string What, long Trials, long Violations)> Rows(this BenchProcess run) =>
        run.Output.Split('\n').Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (Number(cells[1]), cells[2], (long)Number(cells[3]), (long)Number(cells[4])));

    private static int Number(string text) => int.Parse(text, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
}
