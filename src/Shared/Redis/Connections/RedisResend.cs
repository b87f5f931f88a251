using System.Diagnostics.CodeAnalysis;

namespace ShopSession.Redis.Connections;

/// <summary>
/// Requests between two connections: not executed over the last, waiting for the next. One queue for all, however they come back (together when a connection ends, or refused one by one), so that
/// they are sent in the order of their calls.
/// </summary>
/// <param name="node">Where connections come from.</param>
/// <param name="serves">Whether the node is still the one for these requests.</param>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no handle: the collector frees it as well.")]
internal sealed class RedisResend(RedisNode node, Func<bool> serves)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<RedisRequest> _requests = new();
    private CancellationTokenSource _overtaken = new();
    private bool _isRunning;

    /// <summary>Takes requests over, to queue them at the connection that comes next, or the one after it. Whoever cannot be sent is told why. Does not fail itself.</summary>
    /// <param name="requests">The requests; a hold of each belongs to this object from now on.</param>
    public void Add(IReadOnlyList<RedisRequest> requests)
    {
        CancellationTokenSource? overtaken = null;
        lock (_gate)
        {
            var first = _requests.First?.Value;
            for (var i = 0; i < requests.Count; i++) Insert(requests[i]);
            if (_isRunning && ReferenceEquals(first, _requests.First?.Value)) return;
            if (_isRunning) (overtaken, _overtaken) = (_overtaken, new CancellationTokenSource());
            _isRunning = true;
        }

        // What is waited for has a later end than what is first now.
        if (overtaken is not null) overtaken.Cancel();
        else _ = RunAsync();
    }

    // One at a time, until there are none.
    private async Task RunAsync()
    {
        while (First(out var overtaken) is { } request)
        {
            try
            {
                if (request.IsCompleted)
                {
                    // The caller has gone.
                    Remove(request);
                    request.Release();
                }
                else if (node.Current is not { } connection)
                {
                    // Once there is one, an older request may stand in front of this one.
                    await node.ConnectedAsync(request.Deadline, overtaken).ConfigureAwait(false);
                }
                else if (TryQueue(connection, request) == SendOutcome.Full)
                {
                    await connection.WaitForRoomAsync(request.Deadline, overtaken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (overtaken.IsCancellationRequested)
            {
                // An older one first.
            }
            catch (Exception e)
            {
                // Whatever it was, it is the caller's to know.
                Remove(request);
                request.Fail(e);
                request.Release();
            }
        }
    }

    private SendOutcome TryQueue(RedisConnection connection, RedisRequest request)
    {
        if (!serves()) throw new RedisUnavailableException("The Redis server has become part of a cluster; the command was not sent.");
        // Taken out first: it may come back at once.
        Remove(request);
        var outcome = connection.TryQueueAgain(request);
        if (outcome == SendOutcome.Queued) return outcome;
        lock (_gate) Insert(request);
        return outcome;
    }

    // Under the lock. All time limits are as long, so they tell the order of the calls; what comes back for the second time belongs in front of what has not been sent again yet.
    private void Insert(RedisRequest request)
    {
        var before = _requests.Last;
        while (before is not null && before.Value.Deadline > request.Deadline) before = before.Previous;
        if (before is null) _requests.AddFirst(request);
        else _requests.AddAfter(before, request);
    }

    private void Remove(RedisRequest request)
    {
        lock (_gate) _requests.Remove(request);
    }

    private RedisRequest? First(out CancellationToken overtaken)
    {
        lock (_gate)
        {
            overtaken = _overtaken.Token;
            _isRunning = _requests.First is not null;
            return _requests.First?.Value;
        }
    }
}
