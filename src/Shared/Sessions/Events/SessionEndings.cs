using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ShopSession.Redis;
using ShopSession.Sessions.Diagnostics;
using ShopSession.Sessions.Statistics;
using ShopSession.Sessions.Stores.Redis;

namespace ShopSession.Sessions.Events;

/// <summary>
/// Hears of sessions that ended or changed their id on any replica, for pages that are open. A courtesy, not a guard: the record and the index decide
/// whether a session lives. Who watches looks there when something is heard, when something may have been missed, and now and then. Safe for concurrent use.
/// </summary>
internal sealed class SessionEndings(IRedisClient redis, IOptions<SharedSessionOptions> options, RevocationDelay delay, SessionsInUse inUse, TimeProvider time, ILogger<SessionEndings> logger) : BackgroundService
{
    /// <summary>How many open pages look at the store at once after a gap, so that one which has just come back is not stormed.</summary>
    private const int LooksAtOnce = 100;

    private static readonly TimeSpan PauseBetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly string _channel = new RedisSessionKeys(options.Value.KeyPrefix).EndingsChannel;
    private readonly ConcurrentDictionary<SessionHandle, Watch> _watches = new();

    /// <summary>Tells when to look at the session of this handle. Dispose the watch when nobody waits any longer.</summary>
    public Watch For(SessionHandle handle)
    {
        while (true)
        {
            var watch = _watches.GetOrAdd(handle, static (key, owner) => new Watch(owner, key), this);
            if (watch.TryEnter()) return watch;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var subscription = await redis.SubscribeAsync(_channel, stoppingToken);
                // A new one tells of no gap, and before it nobody heard anything.
                await WakeAllAsync(stoppingToken);
                await foreach (var message in subscription.ReadMessagesAsync(stoppingToken))
                {
                    if (message.IsGap) await WakeAllAsync(stoppingToken);
                    else Hear(Encoding.ASCII.GetString(message.Payload.Span), stoppingToken);
                }
            }
            catch (RedisException exception)
            {
                SessionLog.EndingsUnheard(logger, exception);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    private async Task WakeAllAsync(CancellationToken stoppingToken)
    {
        foreach (var some in _watches.Values.Chunk(LooksAtOnce))
        {
            foreach (var watch in some) watch.Wake();
            await Task.Delay(PauseBetweenLooks, time, stoppingToken);
        }
    }

    private void Hear(string message, CancellationToken stoppingToken)
    {
        var colon = message.IndexOf(':', StringComparison.Ordinal);
        if (!SessionHandle.TryParse(colon < 0 ? message : message[..colon], out var handle)) return;
        inUse.Forget(handle);
        if (_watches.TryGetValue(handle, out var watch)) watch.Wake();
        if (colon < 0 || !delay.IsMeasured || !long.TryParse(message.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var ended)) return;
        // Not awaited: the next announcement must not wait for this one's measurement, which throws nothing and ends by itself.
        _ = delay.MeasureAsync(handle, DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(ended, 253_402_300_799_999)), stoppingToken);
    }

    /// <summary>The wait of all open pages of one session.</summary>
    public sealed class Watch(SessionEndings owner, SessionHandle handle) : IDisposable
    {
        private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _users;

        /// <summary>Done when there is reason to look. Take it before looking: what happens meanwhile wakes too.</summary>
        public Task Woken => Volatile.Read(ref _woken).Task;

        public bool TryEnter()
        {
            // -1: the last user left and the watch is being taken out.
            for (var users = Volatile.Read(ref _users); users >= 0; users = Volatile.Read(ref _users))
            {
                if (Interlocked.CompareExchange(ref _users, users + 1, users) == users) return true;
            }

            return false;
        }

        public void Wake() => Interlocked.Exchange(ref _woken, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

        public void Dispose()
        {
            if (Interlocked.Decrement(ref _users) == 0 && Interlocked.CompareExchange(ref _users, -1, 0) == 0)
                owner._watches.TryRemove(new KeyValuePair<SessionHandle, Watch>(handle, this));
        }
    }
}
