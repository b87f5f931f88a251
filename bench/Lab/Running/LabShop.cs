using System.Globalization;
using System.Security.Cryptography;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShopSession.Hosting;
using ShopSession.Lab.Bench.Stores;
using ShopSession.Testing;

namespace ShopSession.Lab.Bench.Running;

/// <summary>
/// The AppHost's own model, every part a process, on a private store. The measured service, auth, has spare replicas that the gateway does not know at first:
/// when one is added, the gateway is started again with the longer list, as its list comes by environment and it keeps nothing.
/// </summary>
internal sealed class LabShop : IAsyncDisposable
{
    public const string Domain = "shop.localhost";
    public const string Measured = "auth";

    /// <summary>All services that know a login.</summary>
    public static readonly IReadOnlyList<string> Services = [Measured, "catalog", "cart"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly string _key = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private IDistributedApplicationTestingBuilder? _builder;
    private DistributedApplication? _app;
    private int _known;

    private LabShop(ShopPlan plan, ILabStore store) => (Plan, Store, _known) = (plan, store, plan.Replicas);

    public ShopPlan Plan { get; }

    public ILabStore Store { get; }

    public int GatewayPort { get; private set; }

    /// <summary>The replicas of the measured service that the gateway knows.</summary>
    public IReadOnlyList<ReplicaInfo> Replicas => [.. App.GetReplicas(Measured).Take(_known)];

    public IReadOnlyList<Uri> Addresses => [.. Replicas.Select(AddressOf)];

    /// <summary>Every replica of every service, also those that the gateway does not know.</summary>
    public IReadOnlyList<Uri> AllAddresses => [.. Services.SelectMany(service => App.GetReplicas(service)).Where(replica => replica.ProcessId is not null).Select(AddressOf)];

    private DistributedApplication App => _app ?? throw new InvalidOperationException("The shop does not run.");

    public static async Task<LabShop> StartAsync(ShopPlan plan, CancellationToken cancellationToken)
    {
        var shop = new LabShop(plan, await LabStores.StartAsync(plan.Way.Store, cancellationToken));
        try
        {
            await shop.LaunchAsync(cancellationToken);
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <param name="bearer">A token to show instead of cookies.</param>
    public ReplicaClient NewClient(string? bearer = null) => new(_http, _key) { Bearer = bearer };

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

    public async Task FailOverStoreAsync(CancellationToken cancellationToken)
    {
        await Store.FailOverAsync(cancellationToken);
        await UntilReadyAsync(cancellationToken);
    }

    /// <summary>Makes the gateway know one replica more than at first, or forget it.</summary>
    public async Task ScaleAsync(bool oneMore, CancellationToken cancellationToken)
    {
        _known = oneMore ? Plan.Replicas + 1 : Plan.Replicas;
        await App.StopReplicaAsync("gateway-1", cancellationToken);
        await App.StartReplicaAsync("gateway-1", cancellationToken);
        await UntilReadyAsync(cancellationToken);
    }

    /// <summary>Ends everything but the first replicas of the measured service; nothing can be asked through the gateway any more.</summary>
    public async Task ShrinkAsync(int replicas, CancellationToken cancellationToken)
    {
        _known = replicas;
        var kept = Replicas.Select(replica => replica.Name).ToHashSet();
        await Task.WhenAll(App.GetReplicas()
            .Where(replica => (Services.Contains(replica.Resource) || replica.Resource == "gateway") && replica.ProcessId is not null && !kept.Contains(replica.Name))
            .Select(replica => App.StopReplicaAsync(replica.Name, cancellationToken)));
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

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        _builder = await DistributedApplicationTestingBuilder.CreateAsync<global::Projects.AppHost>(
            [
                string.Create(CultureInfo.InvariantCulture, $"Shop:Replicas={Plan.Siblings}"),
                $"Session:Strategy={Plan.Way.Strategy}",
                $"ConnectionStrings:redis={Store.RedisConnection}",
                $"Parameters:gateway-key={_key}",
                "Shop:ConsoleLevel=None",
            ],
            limit.Token);
        foreach (var project in _builder.Resources.OfType<ProjectResource>())
        {
            var part = _builder.CreateResourceBuilder(project)
                .WithEnvironment("Session__Strategy", Plan.Way.Strategy)
                .WithEnvironment("Session__Lab", "true")
                // Thousands of sign-ins, whose passwords are not what is measured.
                .WithEnvironment("Auth__Passwords__IterationCount", "1000")
                .WithEnvironment("Gateway__Balancing", Plan.Policy)
                .WithEnvironment("Logging__LogLevel__Default", "Warning");
            foreach (var (name, value) in (IEnumerable<KeyValuePair<string, string>>)[.. Store.Settings, .. Plan.Way.Settings, .. Plan.Settings]) part.WithEnvironment(name, value);
            if (project.Name == Measured) part.WithReplicas(Plan.Replicas + Plan.Spare);
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
        for (var index = _known; index < Plan.Replicas + Plan.Spare; index++)
            context.EnvironmentVariables.Remove(string.Create(CultureInfo.InvariantCulture, $"services__{Measured}__http__{index}"));
    }

    private Task UntilReadyAsync(CancellationToken cancellationToken) => Poll.UntilAsync(
        async () =>
        {
            if (App.GetReplicas().Any(replica => replica is not { State: "Running", Health: HealthStatus.Healthy })) return false;
            try
            {
                var said = await _http.GetStringAsync(new Uri($"http://127.0.0.1:{GatewayPort}/health"), cancellationToken);
                return Services.All(service => said.Contains(AllReady(service), StringComparison.Ordinal));
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        Limit,
        $"the gateway uses {_known} replicas of {Measured} and all of the others",
        cancellationToken);

    private string AllReady(string service)
    {
        var replicas = service == Measured ? _known : Plan.Siblings;
        return string.Create(CultureInfo.InvariantCulture, $"{service}: {replicas} of {replicas} ready");
    }

    private static Uri AddressOf(ReplicaInfo replica) => new UriBuilder(replica.Url!) { Host = "127.0.0.1" }.Uri;
}
