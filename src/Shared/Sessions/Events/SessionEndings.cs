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
/// whether a session lives, and who watches also looks there now and then, since a message may be lost while the store is away. Safe for concurrent use.
/// </summary>
internal sealed class SessionEndings(IRedisClient redis, IOptions<SharedSessionOptions> options, RevocationDelay delay, SessionsInUse inUse, TimeProvider time, ILogger<SessionEndings> logger) : BackgroundService
{
    private readonly string _channel = new RedisSessionKeys(options.Value.KeyPrefix).EndingsChannel;
    private readonly ConcurrentDictionary<SessionHandle, Watch> _watches = new();

    /// <summary>A task that is done when the session of this handle is no more. Dispose the watch when nobody waits any longer.</summary>
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
                await foreach (var message in subscription.ReadAllAsync(stoppingToken))
                {
                    Hear(Encoding.ASCII.GetString(message.Span), stoppingToken);
                }
            }
            catch (RedisException exception)
            {
                SessionLog.EndingsUnheard(logger, exception);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    private void Hear(string message, CancellationToken stoppingToken)
    {
        var colon = message.IndexOf(':', StringComparison.Ordinal);
        if (!SessionHandle.TryParse(colon < 0 ? message : message[..colon], out var handle)) return;
        inUse.Forget(handle);
        if (_watches.TryGetValue(handle, out var watch)) watch.End();
        if (colon < 0 || !delay.IsMeasured || !long.TryParse(message.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var ended)) return;
        // Not awaited: the next announcement must not wait for this one's measurement, which throws nothing and ends by itself.
        _ = delay.MeasureAsync(handle, DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(ended, 253_402_300_799_999)), stoppingToken);
    }

    /// <summary>The wait of all open pages of one session.</summary>
    public sealed class Watch(SessionEndings owner, SessionHandle handle) : IDisposable
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _users;

        public Task Ended => _ended.Task;

        public bool TryEnter()
        {
            // -1: the last user left and the watch is being taken out.
            for (var users = Volatile.Read(ref _users); users >= 0; users = Volatile.Read(ref _users))
            {
                if (Interlocked.CompareExchange(ref _users, users + 1, users) == users) return true;
            }

            return false;
        }

        public void End() => _ended.TrySetResult();

        public void Dispose()
        {
            if (Interlocked.Decrement(ref _users) == 0 && Interlocked.CompareExchange(ref _users, -1, 0) == 0)
                owner._watches.TryRemove(new KeyValuePair<SessionHandle, Watch>(handle, this));
        }
    }
}
