namespace ShopSession.Redis.Exclusive;

/// <summary>Reads the replies to MULTI, the queued commands and EXEC.</summary>
internal static class RedisTransactionReply
{
    /// <returns>The commands' replies; null when a watched key had changed.</returns>
    /// <exception cref="RedisServerException">A command was refused while queueing, or EXEC was.</exception>
    /// <exception cref="RedisOutcomeUnknownException">MULTI was refused: the commands ran one by one, or did not.</exception>
    public static RedisReply[]? Read(in RedisReply reply)
    {
        var replies = reply.Items;
        // Each command that was not refused itself has run, since none was queued.
        if (replies[0].IsError && replies.Skip(1).SkipLast(1).Any(static item => !item.IsError))
        {
            throw new RedisOutcomeUnknownException(
                $"The server did not let the transaction begin, and has executed those of its commands that it did not refuse: {replies[0].AsString()}");
        }

        // The reason of a refused command says more than EXEC's "discarded because of previous errors".
        for (var i = 0; i < replies.Count; i++) replies[i].ThrowIfError();
        var executed = replies[^1];
        return executed.IsNull ? null : executed.Items as RedisReply[] ?? [.. executed.Items];
    }

    /// <summary>As <see cref="Read"/> where no key is watched.</summary>
    public static RedisReply[] ReadUnwatched(in RedisReply reply) =>
        Read(reply) ?? throw new RedisProtocolException("EXEC was answered with null although no key is watched.");
}
