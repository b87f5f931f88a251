using ShopSession.Promises.Bench.Reports;

namespace ShopSession.Promises.Tests;

public sealed class TableTests
{
    [Fact]
    public void A_violation_is_counted_and_told()
    {
        var tally = new Tally(3, "no resurrection");
        tally.Trial(true, () => "never asked");
        tally.Trial(false, () => "alive at cart-2");
        tally.Took(TimeSpan.FromMilliseconds(12));

        var row = tally.ToRow();

        Assert.Equal((2, 1), (row.Trials, row.Violations));
        Assert.Equal(["alive at cart-2"], row.Examples);
        Assert.Contains(ResultTable.Lines([row]), line => line.StartsWith("| 3 | no resurrection", StringComparison.Ordinal) && line.Contains(" 12.0 |", StringComparison.Ordinal));
    }

    [Fact]
    public void Percentiles_are_by_nearest_rank()
    {
        var times = Durations.Of(Enumerable.Range(1, 200).Select(n => (double)n))!;

        Assert.Equal((100, 198, 200), (times.P50, times.P99, times.Max));
        Assert.Null(Durations.Of([]));
    }
}
