namespace ShopSession.Gateway.Tests.Support;

/// <summary>A gateway with a balancing policy before three replicas of <c>cart</c>, each of which answers with its name.</summary>
internal sealed class ThreeReplicas : IAsyncDisposable
{
    private readonly Backend[] _backends;

    private ThreeReplicas(GatewayHost gateway, Backend[] backends) => (Gateway, _backends) = (gateway, backends);

    public GatewayHost Gateway { get; }

    public Backend this[string name] => _backends.Single(backend => backend.Name == name);

    public static async Task<ThreeReplicas> StartAsync(string policy)
    {
        var backends = await Task.WhenAll(new Backend("cart-1").StartAsync(), new Backend("cart-2").StartAsync(), new Backend("cart-3").StartAsync());
        var gateway = await GatewayHost.StartAsync(backends.Select(backend => backend.Address), new() { ["Gateway:Balancing"] = policy });
        return new ThreeReplicas(gateway, backends);
    }

    /// <summary>Sends this many requests, one after the other, and returns which replica answered each.</summary>
    public async Task<List<string>> AskAsync(int count, Func<int, Action<HttpRequestMessage>> configure)
    {
        var replicas = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            using var answer = await Gateway.SendAsync(HttpMethod.Get, configure: configure(i));
            replicas.Add(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        return replicas;
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        foreach (var backend in _backends) await backend.DisposeAsync();
    }
}
