namespace ShopSession.Gateway.Tests.Support;

/// <summary>A gateway before one replica of each service.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly Backend[] _backends;

    private Shop(GatewayHost gateway, Backend[] backends) => (Gateway, _backends) = (gateway, backends);

    public GatewayHost Gateway { get; }

    public Backend Cart => _backends[1];

    public IEnumerable<Backend.Seen> Seen => _backends.SelectMany(backend => backend.Requests);

    public static async Task<Shop> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var backends = await Task.WhenAll(new Backend("catalog").StartAsync(), new Backend("cart").StartAsync(), new Backend("auth").StartAsync());
        var all = new Dictionary<string, string?>(settings ?? [])
        {
            ["services:catalog:http:0"] = backends[0].Address.AbsoluteUri,
            ["services:auth:http:0"] = backends[2].Address.AbsoluteUri,
        };
        var gateway = await GatewayHost.StartAsync([backends[1].Address], all);
        await gateway.UntilReadyAsync("catalog", 1);
        await gateway.UntilReadyAsync("auth", 1);
        return new Shop(gateway, backends);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        foreach (var backend in _backends) await backend.DisposeAsync();
    }
}
