namespace ShopSession.Lab.Bench.Measuring;

/// <summary>How long ended sessions were still accepted somewhere.</summary>
/// <param name="Times">Milliseconds until every replica refused each.</param>
/// <param name="Never">Whether one was still accepted when the lab gave up; it is the last of them.</param>
internal sealed record Refusals(IReadOnlyList<double> Times, bool Never)
{
    private readonly double[] _sorted = [.. Times.Order()];

    public int Count => _sorted.Length;

    public double? Median => Count > 0 ? _sorted[Count / 2] : null;

    public double? Worst => Count > 0 ? _sorted[^1] : null;
}
