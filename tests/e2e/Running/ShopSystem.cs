using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShopSession.Hosting;
using ShopSession.Testing;

namespace ShopSession.E2E.Tests.Running;

/// <summary>A running shop: the AppHost's own model, started with a port, a domain and a data folder of its own. Every part is a real process.</summary>
internal sealed class ShopSystem : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private const string RunnerToken = "runner-token-of-the-tests";

    private readonly int _runnerPort = FreePort.Next();
    private readonly ShopSystemOptions _options;
    private readonly string _data = Directory.CreateTempSubdirectory("shop-e2e-").FullName;
    private readonly HttpClient _http = new();
    private readonly Dictionary<string, List<string>> _earlierLogs = [];
    private IDistributedApplicationTestingBuilder? _builder;
    private DistributedApplication? _app;

    private ShopSystem(ShopSystemOptions options) => _options = options;

    public string Domain => _options.Domain;

    public int Port { get; } = FreePort.Next();

    /// <summary>The runner's page, with its token, where there is one.</summary>
    public string RunnerPage => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{_runnerPort}/#token={RunnerToken}");

    private DistributedApplication App => _app ?? throw new InvalidOperationException("The shop does not run.");

    public static async Task<ShopSystem> StartAsync(ShopSystemOptions options)
    {
        var system = new ShopSystem(options);
        try
        {
            await system.LaunchAsync();
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>The names of a service's replicas, for example <c>cart-1</c> and <c>cart-2</c>.</summary>
    public IReadOnlyList<string> ReplicasOf(string service) => [.. App.GetReplicas(service).Select(replica => replica.Name).Order(StringComparer.Ordinal)];

    /// <summary>SIGKILL. Returns when the process is gone; the runner starts it again by itself.</summary>
    public Task KillAsync(string replica)
    {
        var process = App.GetReplica(replica).ProcessId;
        App.KillReplica(replica);
        return Poll.UntilAsync(() => App.GetReplica(replica).ProcessId != process, Limit, $"{replica} is gone", TestContext.Current.CancellationToken);
    }

    /// <summary>Asks a replica to stop, as a deployment does, and starts it again. Returns when it serves.</summary>
    public async Task RestartAsync(string replica)
    {
        await App.StopReplicaAsync(replica, TestContext.Current.CancellationToken);
        await App.StartReplicaAsync(replica, TestContext.Current.CancellationToken);
        await UntilAllHealthyAsync();
    }

    /// <summary>Sets variables of all services while they run. Returns when they serve again.</summary>
    public async Task ChangeServicesAsync(Dictionary<string, string?> variables)
    {
        await Task.WhenAll(new[] { "auth", "catalog", "cart" }.Select(service => App.ChangeEnvironmentAsync(service, variables)));
        await UntilAllHealthyAsync();
    }

    public Task UntilAllHealthyAsync() => Poll.UntilAsync(
        async () => App.GetReplicas().All(replica => replica is { State: "Running", Health: HealthStatus.Healthy }) && await GatewayUsesAllAsync(),
        Limit, "every replica is healthy and the gateway uses it", TestContext.Current.CancellationToken);

    /// <summary>Stops everything in order and starts it again with the same data, port and domain.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await LaunchAsync();
    }

    /// <summary>What every process has said, one file each, also before restarts.</summary>
    public async Task WriteLogsAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        RememberLogs();
        foreach (var (replica, lines) in _earlierLogs) await File.WriteAllLinesAsync(Path.Combine(folder, $"{replica}.log"), lines);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private async Task LaunchAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        _builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [
                "DcpPublisher:RandomizePorts=false",
                $"Shop:Domain={Domain}",
                string.Create(CultureInfo.InvariantCulture, $"Shop:Port={Port}"),
                $"Shop:DataDirectory={_data}",
                string.Create(CultureInfo.InvariantCulture, $"Shop:DashboardPort={_runnerPort}"),
                $"Shop:RunnerToken={RunnerToken}",
                $"Shop:Store={(_options.Store == StoreKind.Embedded ? "embedded" : "redis-server")}",
            ],
            (options, _) => options.DisableDashboard = !_options.HasRunnerPage,
            limit.Token);
        foreach (var project in _builder.Resources.OfType<ProjectResource>())
        {
            // All visitors come from one address, each test makes an account, and what a password costs is not looked at here. Nor is how fast a killed replica starts on a busy machine.
            var settings = _builder.CreateResourceBuilder(project).WithEnvironment("Auth__Limits__Register", "10000").WithEnvironment("Auth__Passwords__IterationCount", "1000")
                .WithEnvironment("Gateway__WaitForReplica", "00:00:25");
            foreach (var (name, value) in _options.Settings) settings.WithEnvironment(name, value);
        }
        _app = await _builder.BuildAsync(limit.Token);
        await _app.StartAsync(limit.Token);
        await _app.WaitUntilReadyAsync(limit.Token);
        await UntilAllHealthyAsync();
    }

    private async Task StopAsync()
    {
        if (_app is { } app)
        {
            RememberLogs();
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }
        if (_builder is not null) await _builder.DisposeAsync();
        (_app, _builder) = (null, null);
    }

    private void RememberLogs()
    {
        if (_app is null) return;
        foreach (var replica in _app.GetReplicas()) _earlierLogs[replica.Name] = [.. _earlierLogs.GetValueOrDefault(replica.Name, []), .. _app.GetReplicaLog(replica.Name)];
    }

    // On its IP address the gateway's health says how many replicas of each service it uses: "cart: 2 of 2 ready".
    private async Task<bool> GatewayUsesAllAsync()
    {
        using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{Port}/health"), TestContext.Current.CancellationToken);
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n').Skip(1).ToList();
        return answer.IsSuccessStatusCode && lines.Count == 3 && lines.All(line => line.Split(' ') is [_, var used, "of", var all, "ready"] && used == all);
    }
}
