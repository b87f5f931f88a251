using System.Globalization;
using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Cluster;

internal enum RedisRedirectionKind
{
    None,

    /// <summary>The slot belongs to another node.</summary>
    Moved,

    /// <summary>The slot is on its way to another node, where this one command should be tried.</summary>
    Ask,

    /// <summary>The slot is on its way and its keys are in two places: later.</summary>
    TryAgain,

    /// <summary>The cluster, or this part of it, does not serve at the moment.</summary>
    Down,
}

/// <summary>An error reply with which a node of a cluster sends its caller elsewhere. The command was not executed.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Slot">The slot, for <c>MOVED</c> and <c>ASK</c>.</param>
/// <param name="EndPoint">Where to; no host stands for that of the node that said so.</param>
internal readonly record struct RedisRedirection(RedisRedirectionKind Kind, int Slot = RedisSlot.None, RedisEndPoint EndPoint = default)
{
    public static RedisRedirection Of(in RedisReply reply)
    {
        if (!reply.IsError) return default;
        var text = reply.AsBytes().Span;
        if (text.StartsWith("MOVED "u8)) return Parse(RedisRedirectionKind.Moved, reply.AsString()!);
        if (text.StartsWith("ASK "u8)) return Parse(RedisRedirectionKind.Ask, reply.AsString()!);
        // A script may have an error of its own that begins so.
        if (text.StartsWith("TRYAGAIN Multiple keys request"u8)) return new(RedisRedirectionKind.TryAgain);
        // A node that loads its data, or a replica without its master, is no place to go either.
        return text.StartsWith("CLUSTERDOWN"u8) || RedisRefusal.IsWithoutData(text)
            ? new(RedisRedirectionKind.Down)
            : default;
    }

    /// <summary>The redirection of a transaction: of any of its replies, since then none of its commands ran.</summary>
    public static RedisRedirection OfTransaction(IReadOnlyList<RedisReply> replies)
    {
        for (var i = 0; i < replies.Count; i++)
            if (Of(replies[i]) is { Kind: not RedisRedirectionKind.None } redirection) return redirection;
        return default;
    }

    /// <summary>What a caller is told when there is nowhere left to go.</summary>
    public RedisUnavailableException NotServed() =>
        new($"The Redis cluster does not serve the slot at the moment ({Kind}); the command was not executed.");

    // "MOVED 3999 127.0.0.1:6381"
    private static RedisRedirection Parse(RedisRedirectionKind kind, string text)
    {
        var parts = text.Split(' ');
        if (parts.Length < 3 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var slot) || slot >= RedisSlot.Count)
            return default;
        var colon = parts[2].LastIndexOf(':');
        if (colon < 0 || !int.TryParse(parts[2].AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return default;
        // A question mark stands for a host name that was not set.
        var host = parts[2][..colon].Trim('[', ']');
        return new(kind, slot, new RedisEndPoint(host == "?" ? "" : host, port));
    }
}
