namespace ShopSession.Lab.Bench.Results;

/// <summary>The cost of one write at one number of replicas.</summary>
internal sealed record GrowthPoint
{
    public required int Replicas { get; init; }

    /// <summary>Bytes between replicas and store, both ways; <see langword="null"/>: no network, or nobody counts.</summary>
    public required double? StoreBytes { get; init; }

    /// <summary>Bytes between replicas.</summary>
    public required double PeerBytes { get; init; }

    /// <summary>Processor time of all replicas together, in microseconds.</summary>
    public required double ProcessorMicroseconds { get; init; }

    /// <summary>Milliseconds until it is answered, median.</summary>
    public required double Median { get; init; }
}
