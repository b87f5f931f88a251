namespace ShopSession.Promises.Bench.CommandLine;

/// <summary>What to prove, and how hard to try.</summary>
internal sealed record BenchOptions
{
    /// <summary>Small numbers: a look in under a minute, no proof.</summary>
    public bool Quick { get; init; }

    /// <summary>The promises to try; empty: all.</summary>
    public IReadOnlyList<int> Only { get; init; } = [];

    /// <summary>How many processes run each service.</summary>
    public int Replicas { get; init; } = 3;

    /// <summary>Where random choices begin. The order in which the machine runs things is not repeated with it.</summary>
    public int Seed { get; init; }

    /// <summary>Where to write the results as JSON.</summary>
    public string? JsonFile { get; init; }

    public bool Includes(int promise) => Only.Count == 0 || Only.Contains(promise);
}
