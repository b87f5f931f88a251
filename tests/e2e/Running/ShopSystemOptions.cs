namespace ShopSession.E2E.Tests.Running;

internal enum StoreKind
{
    RedisServer,
    Embedded,
}

internal sealed record ShopSystemOptions(StoreKind Store)
{
    public string Domain { get; init; } = "shop.localhost";

    /// <summary>Whether the runner's page is there.</summary>
    public bool HasRunnerPage { get; init; }

    /// <summary>Further settings, named as environment variables.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];
}
