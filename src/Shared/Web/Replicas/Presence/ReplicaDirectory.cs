using System.Text.Json;
using Microsoft.Extensions.Logging;
using ShopSession.Redis;

namespace ShopSession.Web.Replicas.Presence;

/// <summary>Finds the replicas that run, of every service. Safe for concurrent use.</summary>
public sealed partial class ReplicaDirectory
{
    /// <summary>How long a replica that says nothing is still listed.</summary>
    public static TimeSpan ReportLife { get; } = TimeSpan.FromSeconds(15);

    private readonly IRedisClient _redis;
    private readonly ReplicaKeys _keys;
    private readonly ILogger<ReplicaDirectory> _logger;

    internal ReplicaDirectory(IRedisClient redis, ReplicaKeys keys, ILogger<ReplicaDirectory> logger)
    {
        _redis = redis;
        _keys = keys;
        _logger = logger;
    }

    /// <summary>The reports of the last 15 s, by service and name; 2 or 3 round trips.</summary>
    /// <exception cref="RedisException">The store does not answer.</exception>
    public async ValueTask<IReadOnlyList<ReplicaReport>> ListAsync(CancellationToken cancellationToken = default)
    {
        var reply = await _redis.ExecuteAsync("SMEMBERS", [_keys.Names], cancellationToken).ConfigureAwait(false);
        var names = reply.ThrowIfError().Items.Select(item => item.AsString()!).ToArray();
        if (names.Length == 0) return [];
        var read = new RedisPipeline();
        foreach (var name in names) read.Add("GET", _keys.Report(name));
        var reports = await _redis.ExecuteAsync(read, cancellationToken).ConfigureAwait(false);

        var found = new List<ReplicaReport>(names.Length);
        var gone = new RedisPipeline();
        for (var i = 0; i < names.Length; i++)
        {
            if (reports[i].ThrowIfError().IsNull) gone.Add("SREM", _keys.Names, names[i]);
            else if (Parse(names[i], reports[i].AsBytes()) is { } report) found.Add(report);
        }

        // One that comes back in between writes its name again with its next report.
        if (gone.Commands.Count > 0) await _redis.ExecuteAsync(gone, cancellationToken).ConfigureAwait(false);
        return [.. found.OrderBy(report => report.Service, StringComparer.Ordinal).ThenBy(report => report.Replica.Length).ThenBy(report => report.Replica, StringComparer.Ordinal)];
    }

    private ReplicaReport? Parse(string replica, ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<ReplicaReport>(json.Span, JsonSerializerOptions.Web);
        }
        catch (JsonException exception)
        {
            LogUnreadable(_logger, replica, exception);
            return null;
        }
    }

    [LoggerMessage(2402, LogLevel.Warning, "The report of {Replica} cannot be read; is it of another version?")]
    private static partial void LogUnreadable(ILogger logger, string replica, Exception exception);
}
