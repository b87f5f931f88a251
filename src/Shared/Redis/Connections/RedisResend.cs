namespace ShopSession.Redis.Connections;

/// <summary>Requests between two connections: not executed over the last, waiting for the next.</summary>
internal static class RedisResend
{
    /// <summary>Queues the requests, in their order, at the connection that comes next, or the one after it. Whoever cannot be sent is told why. Does not fail itself.</summary>
    /// <param name="node">Where connections come from.</param>
    /// <param name="requests">The requests; a hold of each belongs to this method.</param>
    /// <param name="serves">Whether the node is still the one for these requests.</param>
    public static async Task RunAsync(RedisNode node, IReadOnlyList<RedisRequest> requests, Func<bool> serves)
    {
        foreach (var request in requests)
        {
            try
            {
                if (!await TryQueueAsync(node, request, serves).ConfigureAwait(false)) request.Release();
            }
            catch (Exception e)
            {
                // Whatever it was, it is the caller's to know.
                request.Fail(e);
                request.Release();
            }
        }
    }

    // False: the caller has gone.
    private static async Task<bool> TryQueueAsync(RedisNode node, RedisRequest request, Func<bool> serves)
    {
        while (!request.IsCompleted)
        {
            var connection = node.Current ?? await node.ConnectedAsync(request.Deadline, CancellationToken.None).ConfigureAwait(false);
            if (!serves()) throw new RedisUnavailableException("The Redis server has become part of a cluster; the command was not sent.");
            switch (connection.TryQueueAgain(request))
            {
                case SendOutcome.Queued:
                    return true;
                case SendOutcome.Full:
                    await connection.WaitForRoomAsync(request.Deadline, CancellationToken.None).ConfigureAwait(false);
                    break;
            }
        }

        return false;
    }
}
