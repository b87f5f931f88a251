using ShopSession.E2E.Tests.Browsers;

namespace ShopSession.E2E.Tests.Running;

/// <summary>A whole shop that the tests of a collection share: every service with two replicas, its own port, domain, data folder and store.</summary>
public abstract class RunningShop : IAsyncLifetime
{
    private ShopSystem? _system;

    /// <summary>Why these tests cannot run on this machine; <see langword="null"/>: they can.</summary>
    public string? Missing { get; private set; }

    private protected abstract ShopSystemOptions Options { get; }

    internal ShopSystem System => _system ?? throw new InvalidOperationException("The shop was not started.");

    public async ValueTask InitializeAsync()
    {
        if (Options.Store == StoreKind.RedisServer && Executables.Find("redis-server") is null && Executables.Find("valkey-server") is null)
        {
            Missing = "Neither redis-server nor valkey-server is on the PATH. Install one (Debian: redis-server) to run this test.";
            return;
        }
        _system = await ShopSystem.StartAsync(Options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is not null) await _system.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>On a real redis-server.</summary>
[CollectionDefinition(Collection)]
public sealed class RedisShop : RunningShop, ICollectionFixture<RedisShop>
{
    public const string Collection = "shop on redis-server";

    private protected override ShopSystemOptions Options => new(StoreKind.RedisServer);
}

/// <summary>On the embedded store, and on a domain of its own.</summary>
[CollectionDefinition(Collection)]
public sealed class EmbeddedShop : RunningShop, ICollectionFixture<EmbeddedShop>
{
    public const string Collection = "shop on the embedded store";

    private protected override ShopSystemOptions Options => new(StoreKind.Embedded) { Domain = "holdfast.localhost" };
}

/// <summary>With sessions that end after a few seconds without use.</summary>
[CollectionDefinition(Collection)]
public sealed class ShortSessionShop : RunningShop, ICollectionFixture<ShortSessionShop>
{
    public const string Collection = "shop with short sessions";

    public static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(6);

    private protected override ShopSystemOptions Options => new(StoreKind.Embedded)
    {
        Settings = new() { ["Session__IdleTimeout"] = IdleTimeout.ToString("c"), ["Session__SlidingInterval"] = "00:00:01" },
    };
}

/// <summary>With the runner's page beside it, and settings that the tests change while it runs.</summary>
[CollectionDefinition(Collection)]
public sealed class LabShop : RunningShop, ICollectionFixture<LabShop>
{
    public const string Collection = "shop of the lab";

    private protected override ShopSystemOptions Options => new(StoreKind.Embedded) { Domain = "lab.localhost", HasRunnerPage = true };
}
