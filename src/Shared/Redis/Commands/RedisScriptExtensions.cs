namespace ShopSession.Redis;

/// <summary>Running scripts.</summary>
public static class RedisScriptExtensions
{
    /// <summary>Runs a script by its digest; sends its text when the server does not know it (after a restart or fail-over).</summary>
    /// <param name="client">The client.</param>
    /// <param name="script">The script.</param>
    /// <param name="keys">What the script finds in <c>KEYS</c>; in a cluster all on one slot.</param>
    /// <param name="arguments">What it finds in <c>ARGV</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RedisServerException">The script failed, or the server runs none.</exception>
    public static async ValueTask<RedisReply> EvaluateAsync(
        this IRedisClient client,
        RedisScript script,
        ReadOnlyMemory<RedisKey> keys,
        ReadOnlyMemory<RedisArgument> arguments,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(script);
        try
        {
            return await client.ExecuteAsync(script.ByDigest(keys.Span, arguments.Span), cancellationToken).ConfigureAwait(false);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT No matching script", StringComparison.Ordinal))
        {
            // Nothing ran. EVAL runs the text and keeps it under its digest for the next time.
            return await client.ExecuteAsync(script.BySource(keys.Span, arguments.Span), cancellationToken).ConfigureAwait(false);
        }
    }
}
