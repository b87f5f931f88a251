using ShopSession.Redis;

namespace ShopSession.Sessions.Stores.Redis;

/// <summary>
/// The time by the server's clock: the last answer to TIME plus what has passed since on this process's monotonic clock. So replicas agree on when a session
/// ends although their own clocks differ or jump. Exact to the round trip of the last sample. Safe for concurrent use.
/// </summary>
internal sealed class RedisClock(TimeProvider inner) : TimeProvider
{
    /// <summary>How old a sample may get: bounds the drift between two machines' oscillators to well under a millisecond.</summary>
    private static readonly TimeSpan SampleAge = TimeSpan.FromSeconds(30);

    private volatile Sample? _sample;

    public bool NeedsSample => _sample is not { } sample || inner.GetElapsedTime(sample.Timestamp) > SampleAge;

    /// <summary>Whether the server's time was ever learned.</summary>
    public bool IsSet => _sample is not null;

    public override long TimestampFrequency => inner.TimestampFrequency;

    /// <summary>Takes the reply of TIME: seconds and microseconds.</summary>
    public void Take(RedisReply time)
    {
        var parts = time.ThrowIfError().Items;
        var now = DateTimeOffset.FromUnixTimeSeconds(parts[0].AsInt64()).AddMicroseconds(parts[1].AsInt64());
        _sample = new Sample(now, inner.GetTimestamp());
    }

    public override DateTimeOffset GetUtcNow() =>
        _sample is { } sample ? sample.Now + inner.GetElapsedTime(sample.Timestamp) : inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    private sealed record Sample(DateTimeOffset Now, long Timestamp);
}
