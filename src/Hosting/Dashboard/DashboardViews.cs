using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Logs;
using Aspire.Hosting.Running;
using ShopSession.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>A replica, as the API shows it.</summary>
internal sealed record ReplicaView(
    string Name, string Replica, string Type, string State, string? Health, string? Reason, string? Url, IReadOnlyList<LinkView> Links, int? Pid, int Restarts,
    int? ExitCode, DateTimeOffset? StartedAt, double? UptimeSeconds, DateTimeOffset? NextStartAt, string Source);

/// <summary>An address for people.</summary>
internal sealed record LinkView(string Url, string? Text);

/// <summary>An environment variable; secrets are masked.</summary>
internal sealed record VariableView(string Name, string Value, bool Masked);

/// <summary>A line of output.</summary>
internal sealed record LogView(long Sequence, DateTimeOffset Time, string Level, bool Error, string Text);

/// <summary>Makes what the API shows.</summary>
internal sealed class DashboardViews(RunnerEnvironment environment, Orchestrator orchestrator, TimeProvider time)
{
    private const string Mask = "••••••";

    // What people call their secrets. The values of secret parameters are masked wherever they turn up, under whatever name.
    private static readonly string[] SecretNames = ["PASSWORD", "SECRET", "TOKEN", "CONNECTIONSTRING", "APIKEY", "API_KEY", "GATEWAYKEY", "CREDENTIAL", "PRIVATE"];

    public IEnumerable<ReplicaView> Replicas() => orchestrator.Runs.SelectMany(run => run.Replicas.Select(replica => View(run, replica)));

    public IEnumerable<VariableView> Variables(Replica replica, DistributedApplicationModel model)
    {
        var secrets = model.Resources.OfType<ParameterResource>().Where(parameter => parameter.Secret).Select(parameter => parameter.Value)
            .Concat(model.Resources.OfType<RedisResource>().Select(redis => redis.PasswordParameter?.Value ?? ""))
            .Append(environment.RunnerToken).Where(value => value.Length > 0).ToArray();
        return replica.Environment.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Select(pair =>
        {
            var masked = pair.Value.Length > 0 && (IsSecretName(pair.Key) || secrets.Any(secret => pair.Value.Contains(secret, StringComparison.Ordinal)));
            return new VariableView(pair.Key, masked ? Mask : pair.Value, masked);
        });
    }

    public static LogView View(ReplicaLogLine line) => new(line.Sequence, line.Time, line.Level.ToString(), line.IsError, line.Text);

    private ReplicaView View(ResourceRun run, Replica replica)
    {
        var status = replica.Status;
        var snapshot = ReplicaSnapshot.Of(replica, orchestrator.UrlsOf(replica.Resource));
        var uptime = status.ProcessId is not null && status.StartedAt is { } started ? (time.GetUtcNow() - started).TotalSeconds : (double?)null;
        return new(
            replica.Resource.Name, replica.Name, snapshot.ResourceType, status.State, status.Health?.ToString(), status.Reason, ReplicaSnapshot.UrlOf(replica),
            [.. snapshot.Urls.Where(url => !url.IsInternal && url.Url.StartsWith("http", StringComparison.Ordinal)).Select(url => new LinkView(url.Url, url.DisplayText))],
            status.ProcessId, status.Restarts, status.ExitCode, status.StartedAt, uptime, status.NextStartAt, run.Plan.Source);
    }

    private static bool IsSecretName(string name) => SecretNames.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
}
