using ShopSession.Sessions.Bench.Load;

namespace ShopSession.Sessions.Bench.Measuring;

/// <summary>The rounds of one stack and one kind of request.</summary>
internal sealed class Cell
{
    private readonly List<double> _perSecond = [];
    private readonly List<double> _ratios = [];
    private readonly List<double> _ownRatios = [];
    private readonly List<double> _latencies = [];
    private long _requests;
    private long _commands;
    private long _bytes;

    public double PerSecond => Median(_perSecond);

    /// <summary>To the server without a session, round by round; the median of these.</summary>
    public double Ratio => Median(_ratios);

    /// <summary>To the same server's endpoint without a session.</summary>
    public double OwnRatio => Median(_ownRatios);

    public double P50 => Quantile(0.5);

    public double P99 => Quantile(0.99);

    public double CommandsPerRequest => (double)_commands / _requests;

    public double BytesPerRequest => (double)_bytes / _requests;

    public void Add(LoadResult result, double baseline, double own, StoreCounters before, StoreCounters after)
    {
        _perSecond.Add(result.PerSecond);
        _ratios.Add(result.PerSecond / baseline);
        _ownRatios.Add(result.PerSecond / own);
        _latencies.AddRange(result.Latencies);
        _requests += result.Requests;
        _commands += after.Commands - before.Commands;
        _bytes += after.Bytes - before.Bytes;
    }

    private double Quantile(double share)
    {
        _latencies.Sort();
        return _latencies[Math.Min(_latencies.Count - 1, (int)(_latencies.Count * share))];
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
