namespace ShopSession.Redis.Exclusive;

/// <summary>Reads the replies to MULTI, the queued commands and EXEC.</summary>
internal static class RedisTransactionReply
{
    /// <returns>The commands' replies; null when a watched key had changed.</returns>
    /// <exception cref="RedisServerException">A command was refused while queueing, or EXEC was.</exception>
    public static RedisReply[]? Read(in RedisReply reply)
    {
        var replies = reply.Items;
        // The reason of a refused command says more than EXEC's "discarded because of previous errors".
        for (var i = 0; i < replies.Count; i++) replies[i].ThrowIfError();
        var executed = replies[^1];
        return executed.IsNull ? null : executed.Items as RedisReply[] ?? [.. executed.Items];
    }

    /// <summary>As <see cref="Read"/> where no key is watched.</summary>
    public static RedisReply[] ReadUnwatched(in RedisReply reply) =>
        Read(reply) ?? throw new RedisProtocolException("EXEC was answered with null although no key is watched.");
}
