namespace ShopSession.Promises.Bench.Reports;

/// <summary>The spread of measured times, in milliseconds; percentiles by nearest rank.</summary>
internal sealed record Durations(double P50, double P99, double Max)
{
    public static Durations? Of(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted.Length == 0 ? null : new Durations(At(sorted, 0.50), At(sorted, 0.99), sorted[^1]);
    }

    private static double At(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
