namespace ShopSession.Lab.Bench.Running;

/// <summary>What shop is to be started.</summary>
/// <param name="Way">How it keeps sessions.</param>
/// <param name="Policy">How its gateway balances.</param>
/// <param name="Replicas">Replicas of the measured service, auth, that the gateway knows at first.</param>
internal sealed record ShopPlan(Way Way, string Policy, int Replicas)
{
    /// <summary>Replicas of the other services, catalog and cart.</summary>
    public int Siblings { get; init; } = Replicas;

    /// <summary>Replicas of the measured service that run and that the gateway does not know yet.</summary>
    public int Spare { get; init; } = 1;

    /// <summary>Environment variables beyond the way's.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
