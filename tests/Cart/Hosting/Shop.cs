using Microsoft.Extensions.DependencyInjection;
using ShopSession.Testing;

namespace ShopSession.Cart.Tests.Hosting;

/// <summary>A store, a Catalog and as many replicas of the cart as the test wants; everything of its own and gone afterwards.</summary>
public sealed class Shop : IAsyncDisposable
{
    private readonly List<CartHost> _hosts = [];
    private readonly List<Shopper> _shoppers = [];

    private Shop(RedisServerProcess redis, FakeCatalog catalog)
    {
        Redis = redis;
        Catalog = catalog;
    }

    public RedisServerProcess Redis { get; }

    public FakeCatalog Catalog { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("shop-cart-").FullName;

    public IReadOnlyList<CartHost> Hosts => _hosts;

    public static async Task<Shop> OpenAsync(int replicas = 1, Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings)
    {
        var shop = new Shop(await RedisServerProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken), await FakeCatalog.StartAsync());
        for (var i = 1; i <= replicas; i++) await shop.AddReplicaAsync(configure, settings);
        return shop;
    }

    public async Task<CartHost> AddReplicaAsync(Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings)
    {
        var host = await CartHost.StartAsync(Redis.ConnectionString, Catalog.Url, Folder, $"cart-{_hosts.Count + 1}", configure, settings);
        _hosts.Add(host);
        return host;
    }

    /// <summary>A visitor who knows nobody yet. Requests go round robin over the replicas.</summary>
    public Shopper Enter()
    {
        var shopper = new Shopper([.. _hosts.Select(host => host.Url)]);
        _shoppers.Add(shopper);
        return shopper;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var shopper in _shoppers) shopper.Dispose();
        foreach (var host in _hosts) await host.DisposeAsync();
        await Catalog.DisposeAsync();
        await Redis.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
