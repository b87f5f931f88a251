using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Tests.Connections;

/// <summary>Who sends: the caller whose command finds an idle connection, and then the thread pool.</summary>
public sealed class SenderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Guards against a caller that is kept from its own reply: as long as others added commands it went on sending theirs.</summary>
    [Fact]
    public async Task A_caller_sends_its_own_command_and_does_not_stay_to_send_those_of_others()
    {
        const int others = 1000;
        var requests = new List<Task>();
        RedisConnection connection = null!;
        var stream = new BusyStream(() =>
        {
            // Another caller is always just adding one when a write ends.
            if (requests.Count < others) requests.Add(SendAsync(connection));
        });
        await using var owned = connection = new RedisConnection(stream, ConnectionSettings.Patient);
        var first = SendAsync(connection);
        Assert.InRange(stream.WritesOn(Environment.CurrentManagedThreadId), 1, 1);
        await stream.WrittenAsync(others + 1).WaitAsync(TimeSpan.FromSeconds(30), Stop);
        await connection.DisposeAsync();
        await Assert.ThrowsAsync<RedisOutcomeUnknownException>(() => first);
        foreach (var request in requests) await Assert.ThrowsAsync<RedisOutcomeUnknownException>(() => request);
    }

    private static Task<RedisReply> SendAsync(RedisConnection connection) =>
        connection.SendAsync(new RedisPayload(new RedisCommand("PING")), long.MaxValue, CancellationToken.None).AsTask();

    // Takes every write at once, like a socket with room, and never answers.
    private sealed class BusyStream(Action wrote) : MemoryStream
    {
        private readonly List<int> _threads = [];
        private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _expected = int.MaxValue;

        public int WritesOn(int thread)
        {
            lock (_threads) return _threads.Count(one => one == thread);
        }

        public Task WrittenAsync(int count)
        {
            lock (_threads)
            {
                _expected = count;
                if (_threads.Count >= count) _enough.TrySetResult();
            }

            return _enough.Task;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            wrote();
            lock (_threads)
            {
                _threads.Add(Environment.CurrentManagedThreadId);
                if (_threads.Count >= _expected) _enough.TrySetResult();
            }

            return ValueTask.CompletedTask;
        }
    }
}
