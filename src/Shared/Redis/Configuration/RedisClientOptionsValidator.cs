using Microsoft.Extensions.Options;

namespace ShopSession.Redis;

/// <summary>Refuses settings that cannot work, each with what to set.</summary>
internal sealed class RedisClientOptionsValidator : IValidateOptions<RedisClientOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisClientOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    public static IEnumerable<string> Problems(RedisClientOptions options)
    {
        if (options.EndPoints.Count == 0)
            yield return "No Redis server is named. Set the connection string, for example ConnectionStrings__redis=localhost:6379.";
        if (options.Protocol is not (2 or 3)) yield return $"Redis: Protocol is {options.Protocol}; allowed are 3 and 2.";
        if (options.Database < 0) yield return $"Redis: Database is {options.Database}; it must not be negative.";
        if (options.Cluster == true && options.Database != 0) yield return "Redis: a cluster has only database 0; remove the database number.";
        if (options.User is not null && options.Password is null) yield return "Redis: a user is given without a password. Give both or neither.";
        if (options.ClientName is { } clientName && clientName.Any(static c => c is <= ' ' or > '~'))
            yield return "Redis: ClientName may hold no spaces and only plain ASCII characters.";
        if (options.TlsAuthorityFile is { } file && !File.Exists(file)) yield return $"Redis: the file of trusted authorities '{file}' does not exist.";
        foreach (var (setting, value) in Durations(options))
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromHours(1))
                yield return $"Redis: {setting} is {value}; it must be more than zero and at most one hour.";
        }

        if (options.ReconnectMaximum < options.ReconnectMinimum) yield return "Redis: ReconnectMaximum is shorter than ReconnectMinimum.";
        if (options.MaxUnsentBytes < 1) yield return "Redis: MaxUnsentBytes must be at least 1.";
        if (options.MaxWaitingRequests < 1) yield return "Redis: MaxWaitingRequests must be at least 1.";
        if (options.MaxReplyBytes < 1024) yield return "Redis: MaxReplyBytes must be at least 1024.";
        if (options.MaxExclusiveConnections < 1) yield return "Redis: MaxExclusiveConnections must be at least 1.";
        foreach (var problem in options.NearCache.Problems(options)) yield return problem;
    }

    private static (string, TimeSpan)[] Durations(RedisClientOptions options) =>
    [
        (nameof(options.ConnectTimeout), options.ConnectTimeout),
        (nameof(options.CommandTimeout), options.CommandTimeout),
        (nameof(options.HeartbeatInterval), options.HeartbeatInterval),
        (nameof(options.HeartbeatTimeout), options.HeartbeatTimeout),
        (nameof(options.ReconnectMinimum), options.ReconnectMinimum),
        (nameof(options.ReconnectMaximum), options.ReconnectMaximum),
    ];
}
