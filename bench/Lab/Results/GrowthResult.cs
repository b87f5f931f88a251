namespace ShopSession.Lab.Bench.Results;

/// <summary>What one write costs as replicas grow. Only replicas of one service run.</summary>
internal sealed record GrowthResult
{
    public required string Way { get; init; }

    public required Circumstances Under { get; init; }

    /// <summary>Fewest replicas first.</summary>
    public required IReadOnlyList<GrowthPoint> Points { get; init; }
}
