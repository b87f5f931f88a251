using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ShopSession.Gateway.Tests.Support;

/// <summary>The whole gateway on a port of its own, before backends that the test holds.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    public const string Key = "key-of-this-test";

    // Half of what Chromium takes.
    private const int MostHeaderKilobytes = 128;

    private readonly WebApplication _app;

    private GatewayHost(WebApplication app)
    {
        _app = app;
        Port = new Uri(app.Urls.Single()).Port;
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false, MaxResponseHeadersLength = MostHeaderKilobytes }) { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };
    }

    public int Port { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts the gateway with these replicas of <c>cart</c>; the other services have an address where nobody listens unless given.</summary>
    public static async Task<GatewayHost> StartAsync(IEnumerable<Uri> cart, Dictionary<string, string?>? settings = null, bool waitUntilReady = true)
    {
        var all = new Dictionary<string, string?>
        {
            ["Shop:GatewayKey"] = Key,
            ["Gateway:ProbeInterval"] = "00:00:00.1",
            ["Gateway:ProbeIntervalWhenDown"] = "00:00:00.05",
            // A replica that a busy machine keeps from answering for a moment would lose its turn, and turns are counted.
            ["Gateway:ProbeTimeout"] = "00:00:20",
            ["services:catalog:http:0"] = "http://127.0.0.1:1",
            ["services:auth:http:0"] = "http://127.0.0.1:1",
        };
        foreach (var (address, index) in cart.Select((address, index) => (address, index))) all[$"services:cart:http:{index}"] = address.AbsoluteUri;
        foreach (var (name, value) in settings ?? []) all[name] = value;

        var app = GatewayApplication.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(all);
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        var host = new GatewayHost(app);
        if (waitUntilReady) await host.UntilReadyAsync("cart", cart.Count());
        return host;
    }

    public Task UntilReadyAsync(string service, int replicas) =>
        Eventually.HoldsAsync(async () => (await HealthAsync()).Contains($"{service}: {replicas} of", StringComparison.Ordinal), $"{replicas} replicas of {service} are ready");

    public async Task<string> HealthAsync()
    {
        using var answer = await Client.GetAsync("/health", TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path = "/", string host = "cart.shop.localhost", HttpContent? content = null, Action<HttpRequestMessage>? configure = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Host = host;
        configure?.Invoke(request);
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public async Task<string> GetStringAsync(string path = "/", string host = "cart.shop.localhost")
    {
        using var answer = await SendAsync(HttpMethod.Get, path, host);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Sends bytes as they are and returns everything that comes back until the gateway closes or is silent for a moment.</summary>
    public Task<string> SendRawAsync(string request) => RawHttp.SendAsync(Port, request);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
