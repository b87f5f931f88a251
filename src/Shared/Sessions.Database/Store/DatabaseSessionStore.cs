using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ShopSession.Sessions.Database.Model;
using ShopSession.Sessions.KeyRing;
using ShopSession.Sessions.Stores;

namespace ShopSession.Sessions.Database.Store;

/// <summary>
/// The central store in SQLite or PostgreSQL: the same promises as Redis, by transactions and row locks, at the price of a database. A write first claims the session's row, so it
/// waits for whoever ends or replaces the session, and then finds it gone. Safe for concurrent use.
/// </summary>
internal sealed partial class DatabaseSessionStore(
    DatabaseCalls database, DatabaseClock clock, IOptions<SharedSessionOptions> options, UserTagKey tagKey, DeviceProtector devices) : ISessionStore
{
    // Not static: a compiled query belongs to the model, and so to the kind of database, that it was first run on.
    private readonly Func<SessionDbContext, string, long, IAsyncEnumerable<SessionRow>> _findWithAttributes = EF.CompileAsyncQuery(
        (SessionDbContext context, string handle, long now) => context.Sessions.AsNoTracking().Include(row => row.Attributes)
            .Where(row => row.Handle == handle && row.ExpiresAt > now));

    private readonly SharedSessionOptions _options = options.Value;

    public string Name => SessionStrategies.Database;

    public TimeProvider Clock => clock;

    private long Now => DatabaseClock.ToMicroseconds(clock.GetUtcNow());

    public ValueTask<SessionRecord?> ReadAsync(SessionId id, CancellationToken cancellationToken) => database.RunAsync(
        async context =>
        {
            if (await FindAsync(context, id, cancellationToken).ConfigureAwait(false) is not { } row) return null;
            // A replaced login lives no longer than the one that took over: signing that out ends both.
            if (row.Successor is { } successor && id.IsSignedIn
                && !await context.Sessions.AnyAsync(other => other.Handle == successor, cancellationToken).ConfigureAwait(false)) return null;
            return row.ToSession(id);
        },
        cancellationToken);

    public ValueTask<SessionRecord> CreateAsync(SessionId id, SessionChanges changes, CancellationToken cancellationToken) => database.TransactAsync(
        async context =>
        {
            var now = clock.GetUtcNow();
            var birth = SessionBirth.OfGuest(_options, now);
            await InsertAsync(context, id, birth, now, ticket: null, device: null, cancellationToken).ConfigureAwait(false);
            await WriteAttributesAsync(context, id, changes.Attributes, cancellationToken).ConfigureAwait(false);
            return new SessionRecord
            {
                Handle = id.Handle,
                Birth = birth,
                LastSeenAt = now,
                Attributes = changes.Attributes.Where(change => change.Value is not null).ToDictionary(change => change.Key, change => change.Value!, StringComparer.Ordinal),
            };
        },
        cancellationToken);

    public ValueTask<SaveOutcome> SaveAsync(SessionId id, SessionRecord seen, SessionChanges changes, CancellationToken cancellationToken)
    {
        return changes.IsEmpty ? database.RunAsync(SaveAsync, cancellationToken) : database.TransactAsync(SaveAsync, cancellationToken);

        async Task<SaveOutcome> SaveAsync(SessionDbContext context)
        {
            var outcome = await ClaimAsync(context, id, seen.Birth, cancellationToken).ConfigureAwait(false);
            if (outcome == SaveOutcome.Saved) await WriteAttributesAsync(context, id, changes.Attributes, cancellationToken).ConfigureAwait(false);
            return outcome;
        }
    }

    public ValueTask<(SaveOutcome Outcome, long Value)> IncrementAsync(
        SessionId id, SessionRecord seen, string counter, long by, CancellationToken cancellationToken) => database.TransactAsync(
        async context =>
        {
            var outcome = await ClaimAsync(context, id, seen.Birth, cancellationToken).ConfigureAwait(false);
            if (outcome != SaveOutcome.Saved) return (outcome, 0L);
            var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(counter)).AsSpan(0, 12));
            var values = await context.Database.SqlQuery<long>(
                $"""
                INSERT INTO session_counters (handle, name, value) VALUES ({id.Handle.Value}, {name}, {by})
                ON CONFLICT (handle, name) DO UPDATE SET value = session_counters.value + excluded.value
                RETURNING value AS "Value"
                """).ToListAsync(cancellationToken).ConfigureAwait(false);
            return (outcome, values[0]);
        },
        cancellationToken);

    public async ValueTask EndAsync(SessionId id, CancellationToken cancellationToken) => await database.TransactAsync(
        async context =>
        {
            var handle = id.Handle.Value;
            // Signing out with an id that was replaced a moment ago means the session that took over.
            var successors = await context.Sessions.Where(row => row.Handle == handle && row.Successor != null).Select(row => row.Successor!)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            var ended = await context.Sessions.Where(row => row.Handle == handle).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            if (!id.IsSignedIn || successors is not [var successor]) return ended;
            return ended + await context.Sessions.Where(row => row.Handle == successor).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        },
        cancellationToken).ConfigureAwait(false);

    private async Task<SessionRow?> FindAsync(SessionDbContext context, SessionId id, CancellationToken cancellationToken)
    {
        await foreach (var row in _findWithAttributes(context, id.Handle.Value, Now).WithCancellation(cancellationToken).ConfigureAwait(false)) return row;
        return null;
    }

    /// <summary>Marks the session as used now and holds its row until the transaction ends; or tells why it cannot be written.</summary>
    private async Task<SaveOutcome> ClaimAsync(SessionDbContext context, SessionId id, SessionBirth birth, CancellationToken cancellationToken)
    {
        var handle = id.Handle.Value;
        var now = clock.GetUtcNow();
        var seenAt = DatabaseClock.ToMicroseconds(now);
        var expiresAt = DatabaseClock.ToMicroseconds(birth.ExpiresAt(now));
        var claimed = await context.Sessions.Where(row => row.Handle == handle && row.Successor == null && row.ExpiresAt > seenAt)
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.LastSeenAt, seenAt).SetProperty(x => x.ExpiresAt, expiresAt), cancellationToken).ConfigureAwait(false);
        if (claimed == 1) return SaveOutcome.Saved;
        return await context.Sessions.AnyAsync(row => row.Handle == handle && row.Successor != null && row.ExpiresAt > seenAt, cancellationToken).ConfigureAwait(false)
            ? SaveOutcome.Superseded
            : SaveOutcome.Ended;
    }
}
