namespace ShopSession.Sessions.Bench.Load;

/// <summary>What one cell gave.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="Latencies">Every request's time in milliseconds.</param>
internal sealed record LoadResult(double Seconds, double[] Latencies)
{
    public int Requests => Latencies.Length;

    public double PerSecond => Requests / Seconds;
}
