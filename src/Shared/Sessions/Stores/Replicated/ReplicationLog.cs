using Microsoft.Extensions.Logging;

namespace ShopSession.Sessions.Stores.Replicated;

internal static partial class ReplicationLog
{
    [LoggerMessage(121, LogLevel.Information, "This replica holds all sessions now: {Count}, {Ended} ended ones remembered.")]
    public static partial void Joined(ILogger logger, int count, int ended);

    [LoggerMessage(122, LogLevel.Warning, "No peer sent its sessions within {Limit}; this replica serves without them until they come.")]
    public static partial void JoinedAlone(ILogger logger, TimeSpan limit);

    [LoggerMessage(123, LogLevel.Error, "The peer at {Peer} has another key: nothing was taken from it or given to it. Give every replica the same Session:Replication:Key.")]
    public static partial void WrongKey(ILogger logger, string peer);

    [LoggerMessage(124, LogLevel.Warning, "The connection to the peer at {Peer} broke; trying again. What was missed is copied then.")]
    public static partial void Lost(ILogger logger, string peer, Exception? exception);

    [LoggerMessage(125, LogLevel.Warning, "The peer at {Peer} fell more than {Limit} changes behind and was cut off; it copies what it missed when it comes back.")]
    public static partial void CutOff(ILogger logger, string peer, int limit);

    [LoggerMessage(126, LogLevel.Warning, "The peer at {Peer} could not be served any longer.")]
    public static partial void ServingFailed(ILogger logger, string peer, Exception exception);
}
