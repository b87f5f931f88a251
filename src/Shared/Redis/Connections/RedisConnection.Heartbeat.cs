using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.Connections;

/// <summary>Time limits, and silence noticed.</summary>
internal sealed partial class RedisConnection
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly RedisCommand Ping = new("PING");

    // Changes with whatever shows that the peer lives.
    private long SignsOfLife => Volatile.Read(ref _receivedBytes) + Volatile.Read(ref _drained);

    /// <summary>
    /// Time limits and heartbeat. Silence is counted in ticks and not by the clock: when this process was starved, its ticks were
    /// too, and the reader gets its turn before the peer is blamed.
    /// </summary>
    private async Task TickAsync()
    {
        var heartbeatTicks = Math.Max(1, (int)Math.Ceiling(_settings.HeartbeatInterval / Tick));
        // One more: a silence begins anywhere between two ticks.
        var silentLimit = 1 + (int)Math.Ceiling(_settings.HeartbeatTimeout / Tick);
        var (seen, idle, silent, sinceHeartbeat) = (0L, 0, 0, 0);
        using var timer = new PeriodicTimer(Tick, _settings.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                var isOwed = ExpireRequests();
                var signs = SignsOfLife;
                (idle, silent) = signs != seen ? (0, 0) : isOwed ? (idle, silent + 1) : (idle + 1, 0);
                seen = signs;
                if (!_settings.Heartbeat) continue;
                if (silent >= silentLimit)
                {
                    Close(new TimeoutException(
                        $"Redis at {_settings.Name} has been silent for {_settings.HeartbeatTimeout.TotalMilliseconds:0} ms although replies are due."));
                    return;
                }

                // A sign of life can be anything that comes; an answer to a question of its own has to be asked for, however much else comes.
                sinceHeartbeat++;
                var isDue = (ReferenceEquals(Heartbeat, Ping) ? idle : sinceHeartbeat) >= heartbeatTicks;
                if (isDue && TrySend(new RedisPayload(Heartbeat), long.MaxValue, out var ping) == SendOutcome.Queued)
                {
                    (idle, sinceHeartbeat) = (0, 0);
                    _ = ObserveAsync(ping!.Await(CancellationToken.None));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection was closed.
        }
    }

    private static async Task ObserveAsync(ValueTask<RedisReply> ping)
    {
        try
        {
            await ping.ConfigureAwait(false);
        }
        catch (RedisException)
        {
            // The connection has ended; whoever uses it is told by it.
        }
    }

    /// <summary>Tells the callers whose time is up. Their requests stay in the queue until the replies come.</summary>
    /// <returns>Whether any reply is due.</returns>
    private bool ExpireRequests()
    {
        var now = _settings.Time.GetTimestamp();
        List<RedisRequest>? expired = null;
        bool isOwed;
        lock (_gate)
        {
            foreach (var request in _waiting)
            {
                if (request.Deadline > now || request.IsCompleted) continue;
                request.Hold();
                (expired ??= []).Add(request);
            }

            isOwed = _waiting.Count > 0;
        }

        foreach (var request in expired ?? [])
        {
            request.Fail(new RedisOutcomeUnknownException($"Redis at {_settings.Name} did not answer within the time limit; the command may have been executed."));
            request.Release();
        }

        return isOwed;
    }
}
