using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Tests.Connections;

public sealed class HeartbeatTests
{
    /// <summary>Guards a reply that is on its way: a silence that had begun just before a tick was counted as one of a whole tick, which is all there is of a short limit.</summary>
    [Fact]
    public async Task A_reply_has_all_of_the_limit_to_come()
    {
        var time = new TickingTime();
        await using var connection = new RedisConnection(new SilentStream(), ConnectionSettings.Patient with { Time = time, HeartbeatTimeout = TimeSpan.FromMilliseconds(100) });
        connection.Start();
        time.Tick();
        var call = connection.SendAsync(new RedisPayload(new RedisCommand("PING")), long.MaxValue, CancellationToken.None).AsTask();
        time.Tick();
        Assert.False(connection.Closed.IsCompleted);
        time.Tick();
        await connection.Closed.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<RedisOutcomeUnknownException>(() => call);
    }

    // Its one timer goes on when the test says so, and what waits for it runs before the test goes on.
    private sealed class TickingTime : TimeProvider, ITimer
    {
        private TimerCallback _callback = static _ => { };
        private object? _state;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_callback, _state) = (callback, state);
            return this;
        }

        public void Tick() => _callback(_state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    // Takes everything and never answers.
    private sealed class SilentStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
