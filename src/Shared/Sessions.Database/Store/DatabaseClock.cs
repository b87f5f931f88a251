using Microsoft.EntityFrameworkCore;
using ShopSession.Data;
using ShopSession.Sessions.Database.Model;

namespace ShopSession.Sessions.Database.Store;

/// <summary>
/// The time by the database server's clock: its last answer plus what has passed since on this process's monotonic clock, so that replicas on several machines agree. SQLite's is
/// the machine's own. Safe for concurrent use.
/// </summary>
internal sealed class DatabaseClock(ShopDatabase<SessionDbContext> database, TimeProvider inner) : TimeProvider
{
    private static readonly TimeSpan SampleAge = TimeSpan.FromSeconds(30);

    private volatile Sample? _sample;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public async ValueTask SetAsync(SessionDbContext context, CancellationToken cancellationToken)
    {
        if (database.Facts.Provider == DatabaseProvider.Sqlite || (_sample is { } sample && inner.GetElapsedTime(sample.Timestamp) < SampleAge)) return;
        var now = await context.Database
            .SqlQuery<long>($"""SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS bigint) AS "Value" """)
            .SingleAsync(cancellationToken).ConfigureAwait(false);
        _sample = new Sample(FromMicroseconds(now), inner.GetTimestamp());
    }

    public override DateTimeOffset GetUtcNow() => _sample is { } sample ? sample.Now + inner.GetElapsedTime(sample.Timestamp) : inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public static long ToMicroseconds(DateTimeOffset at) => (at.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long stored) => DateTimeOffset.UnixEpoch.AddTicks(stored * TimeSpan.TicksPerMicrosecond);

    private sealed record Sample(DateTimeOffset Now, long Timestamp);
}
