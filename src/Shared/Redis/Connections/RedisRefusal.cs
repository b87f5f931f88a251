using ShopSession.Redis.Cluster;

namespace ShopSession.Redis.Connections;

/// <summary>
/// Errors that say nothing of the command and all of the server: that it takes none at the moment. What was refused so was not executed.
/// </summary>
internal static class RedisRefusal
{
    private static ReadOnlySpan<byte> Aborted => "EXECABORT Transaction discarded because of: "u8;

    /// <summary>
    /// The server has become a replica (<c>READONLY</c>), loads its data (<c>LOADING</c>) or has lost its master (<c>MASTERDOWN</c>), as after a
    /// fail-over: another connection may lead to one that serves.
    /// </summary>
    public static bool IsNotServing(in RedisReply reply)
    {
        if (!reply.IsError) return false;
        var text = reply.AsBytes().Span;
        // The role changed after the commands were queued.
        if (text.StartsWith(Aborted)) text = text[Aborted.Length..];
        return text.StartsWith("READONLY You can't write against a read only "u8) || IsWithoutData(text);
    }

    /// <summary>
    /// Whether the server loads its data or has lost its master. Told by the server's whole phrase and not by its first word alone: a script may have written, and answer with an error of its own
    /// that begins so.
    /// </summary>
    public static bool IsWithoutData(ReadOnlySpan<byte> text) =>
        (text.StartsWith("LOADING "u8) && text.IndexOf(" is loading the dataset "u8) > 0) || text.StartsWith("MASTERDOWN Link with MASTER is down"u8);

    /// <summary>Whether the server has executed nothing of the payload because it does not serve.</summary>
    public static bool IsOfAll(in RedisPayload payload, in RedisReply reply)
    {
        if (!payload.IsList) return IsNotServing(reply);
        var items = reply.Items;
        // A transaction that could not begin was none.
        var isAtomic = payload.IsAtomic && !items[payload.Keeps is null ? 0 : 1].IsError;
        for (var i = 0; i < items.Count; i++)
        {
            // In a transaction one that is refused while queueing makes EXEC refuse them all; in a pipeline each stands for itself.
            if (IsNotServing(items[i]) == isAtomic) return isAtomic;
        }

        return !isAtomic;
    }

    /// <summary>The exception for an error reply.</summary>
    public static RedisException ExceptionOf(in RedisReply error)
    {
        var text = error.AsString()!;
        var isRefusal = IsNotServing(error) || RedisRedirection.Of(error).Kind is RedisRedirectionKind.Down or RedisRedirectionKind.TryAgain;
        return isRefusal ? new RedisUnavailableException($"Redis does not serve at the moment; the command was not executed: {text}") : new RedisServerException(text);
    }
}
