using System.Globalization;
using System.Security.Cryptography;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShopSession.Hosting;
using ShopSession.Testing;

namespace ShopSession.Lab.Bench.Running;

/// <summary>
/// The AppHost's own model, every part a process, on a private redis-server. The measured service, auth, has one replica more than the gateway knows at first:
/// when that is added, the gateway is started again with the longer list, as its list comes by environment and it keeps nothing.
/// </summary>
internal sealed class LabShop : IAsyncDisposable
{
    public const string Domain = "shop.localhost";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly string _key = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly int _replicas;
    private IDistributedApplicationTestingBuilder? _builder;
    private DistributedApplication? _app;
    private int _known;

    private LabShop(RedisServerProcess store, int replicas) => (Store, _replicas, _known) = (store, replicas, replicas);

    public RedisServerProcess Store { get; }

    public int GatewayPort { get; private set; }

    /// <summary>The replicas that the gateway knows.</summary>
    public IReadOnlyList<ReplicaInfo> Replicas => [.. App.GetReplicas("auth").Take(_known)];

    public IReadOnlyList<Uri> Addresses => [.. Replicas.Select(replica => new UriBuilder(replica.Url!) { Host = "127.0.0.1" }.Uri)];

    private DistributedApplication App => _app ?? throw new InvalidOperationException("The shop does not run.");

    public static async Task<LabShop> StartAsync(string strategy, string policy, int replicas, CancellationToken cancellationToken)
    {
        var shop = new LabShop(await RedisServerProcess.StartAsync(new RedisServerOptions { AppendOnly = true }, cancellationToken), replicas);
        try
        {
            await shop.LaunchAsync(strategy, policy, cancellationToken);
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    public ReplicaClient NewClient() => new(_http, _key);

    /// <summary>SIGKILL; returns when the runner has brought it back and the gateway uses it.</summary>
    public async Task KillAsync(string replica, CancellationToken cancellationToken)
    {
        var process = App.GetReplica(replica).ProcessId;
        App.KillReplica(replica);
        await App.WaitForReplicaHealthyAsync(replica, process, cancellationToken).WaitAsync(Limit, cancellationToken);
        await UntilReadyAsync(cancellationToken);
    }

    public async Task RestartAsync(string replica, CancellationToken cancellationToken)
    {
        await App.StopReplicaAsync(replica, cancellationToken);
        await App.StartReplicaAsync(replica, cancellationToken);
        await App.WaitForReplicaHealthyAsync(replica, cancellationToken: cancellationToken).WaitAsync(Limit, cancellationToken);
        await UntilReadyAsync(cancellationToken);
    }

    public async Task RestartStoreAsync(CancellationToken cancellationToken)
    {
        await Store.RestartAsync(cancellationToken);
        await UntilReadyAsync(cancellationToken);
    }

    /// <summary>Makes the gateway know one replica more than at first, or forget it.</summary>
    public async Task ScaleAsync(bool oneMore, CancellationToken cancellationToken)
    {
        _known = oneMore ? _replicas + 1 : _replicas;
        await App.StopReplicaAsync("gateway-1", cancellationToken);
        await App.StartReplicaAsync("gateway-1", cancellationToken);
        await UntilReadyAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is { } app)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }
        if (_builder is not null) await _builder.DisposeAsync();
        _http.Dispose();
        await Store.DisposeAsync();
    }

    private async Task LaunchAsync(string strategy, string policy, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        _builder = await DistributedApplicationTestingBuilder.CreateAsync<global::Projects.AppHost>(
            ["Shop:Replicas=1", $"ConnectionStrings:redis={Store.ConnectionString}", $"Parameters:gateway-key={_key}", "Shop:ConsoleLevel=None"], limit.Token);
        foreach (var project in _builder.Resources.OfType<ProjectResource>())
        {
            var part = _builder.CreateResourceBuilder(project)
                .WithEnvironment("Session__Strategy", strategy)
                .WithEnvironment("Session__Lab", "true")
                .WithEnvironment("Gateway__Balancing", policy)
                .WithEnvironment("Logging__LogLevel__Default", "Warning");
            if (project.Name == "auth") part.WithReplicas(_replicas + 1);
            if (project.Name == "gateway") part.WithEnvironment(HideUnknown);
        }
        _app = await _builder.BuildAsync(limit.Token);
        await _app.StartAsync(limit.Token);
        await _app.WaitUntilReadyAsync(limit.Token);
        GatewayPort = _app.GetEndpoint("gateway").Port;
        await UntilReadyAsync(limit.Token);
    }

    private void HideUnknown(EnvironmentCallbackContext context)
    {
        for (var index = _known; index <= _replicas; index++)
            context.EnvironmentVariables.Remove(string.Create(CultureInfo.InvariantCulture, $"services__auth__http__{index}"));
    }

    private Task UntilReadyAsync(CancellationToken cancellationToken) => Poll.UntilAsync(
        async () =>
        {
            if (App.GetReplicas().Any(replica => replica is not { State: "Running", Health: HealthStatus.Healthy })) return false;
            try
            {
                var said = await _http.GetStringAsync(new Uri($"http://127.0.0.1:{GatewayPort}/health"), cancellationToken);
                return said.Contains(string.Create(CultureInfo.InvariantCulture, $"auth: {_known} of {_known} ready"), StringComparison.Ordinal);
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        Limit,
        $"the gateway uses {_known} replicas of auth",
        cancellationToken);
}
