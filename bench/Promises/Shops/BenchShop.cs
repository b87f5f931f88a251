using System.Globalization;
using System.Security.Cryptography;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using ShopSession.Hosting;
using ShopSession.Promises.Bench.CommandLine;
using ShopSession.Promises.Bench.Http;
using ShopSession.Testing;

namespace ShopSession.Promises.Bench.Shops;

/// <summary>A running shop: the AppHost's own model, every part a process, on a private redis-server. Ended with this process, however that ends.</summary>
internal sealed class BenchShop : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);
    /// <summary>The services that know a login.</summary>
    public static readonly IReadOnlyList<string> Services = ["auth", "catalog", "cart"];

    /// <summary>The hosts a visitor sees, for <see cref="Public"/>: the services', and the storefront's.</summary>
    public static readonly IReadOnlyList<string> Siblings = ["", .. Services];


    private readonly string _domain = "shop.localhost";
    private readonly string _key = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
    private IDistributedApplicationTestingBuilder? _builder;
    private DistributedApplication? _app;
    private ShopHttp? _http;
    private TcpProxy? _wire;

    private BenchShop(RedisServerProcess store) => Store = store;

    public RedisServerProcess Store { get; }

    /// <summary>What lies between catalog, cart and the store, in a <see cref="ShopKind.Troubled"/> shop.</summary>
    public TcpProxy Wire => _wire ?? throw new InvalidOperationException("Only a troubled shop has a wire.");

    public ShopHttp Http => _http ?? throw new InvalidOperationException("The shop does not run.");

    public LabClient Lab => field ??= new LabClient(Http);

    public IReadOnlyList<ShopReplica> Replicas { get; private set; } = [];

    public IReadOnlyList<ShopReplica> ReplicasOf(string service) => [.. Replicas.Where(replica => replica.Service == service)];

    /// <summary>An address as browsers know it, through the gateway.</summary>
    public Uri Public(string service, string path) => new($"http://{(service.Length > 0 ? service + "." : "")}{_domain}{path}");

    public static async Task<BenchShop> StartAsync(ShopKind kind, BenchOptions options, CancellationToken cancellationToken)
    {
        var store = await RedisServerProcess.StartAsync(new RedisServerOptions { AppendOnly = kind == ShopKind.Troubled }, cancellationToken);
        var shop = new BenchShop(store);
        try
        {
            await shop.LaunchAsync(kind, options, cancellationToken);
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_app is { } app)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }

        if (_builder is not null) await _builder.DisposeAsync();
        if (_wire is not null) await _wire.DisposeAsync();
        await Store.DisposeAsync();
    }

    private async Task LaunchAsync(ShopKind kind, BenchOptions options, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        if (kind == ShopKind.Troubled) _wire = TcpProxy.Start(Store.Port);
        _builder = await DistributedApplicationTestingBuilder.CreateAsync<global::Projects.AppHost>(
            [
                string.Create(CultureInfo.InvariantCulture, $"Shop:Replicas={options.Replicas}"),
                $"ConnectionStrings:redis={Store.ConnectionString}",
                $"Parameters:gateway-key={_key}",
                "Shop:ConsoleLevel=None",
            ],
            limit.Token);
        foreach (var project in _builder.Resources.OfType<ProjectResource>())
        {
            var settings = _builder.CreateResourceBuilder(project);
            foreach (var (name, value) in ShopPlan.Environment(kind, project.Name, options.Quick, _wire?.Port)) settings.WithEnvironment(name, value);
        }

        _app = await _builder.BuildAsync(limit.Token);
        await _app.StartAsync(limit.Token);
        await _app.WaitUntilReadyAsync(limit.Token);
        _http = new ShopHttp(_app.GetEndpoint("gateway").Port, _key);
        Replicas = [.. Services.SelectMany(service => _app.GetReplicas(service).Select(replica => new ShopReplica(service, replica.Name, new UriBuilder(replica.Url!) { Host = "127.0.0.1" }.Uri)))];
    }
}
