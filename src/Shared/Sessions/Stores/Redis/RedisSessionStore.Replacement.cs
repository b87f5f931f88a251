using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using ShopSession.Redis;

namespace ShopSession.Sessions.Stores.Redis;

// A change of id has three steps: mark the old record (in one step with reading it, so that a write either is read or sees the mark), make the new one, complete
// the mark. A process that dies between leaves a mark that lapses, so the old id works on.
internal sealed partial class RedisSessionStore
{
    /// <summary>Marks the record and reads it in one step. <see langword="null"/>: there is no such session, or another request replaces it already.</summary>
    private async Task<RedisRecord?> MarkAsync(SessionId id, CancellationToken cancellationToken)
    {
        var key = _keys.Record(id);
        for (var attempt = 0; ; attempt++)
        {
            var now = _clock.GetUtcNow();
            var replies = await _redis.SendAsync(
                new RedisTransaction()
                    .Add("HSETNX", key, SessionFields.Superseded, Supersession.Pending(now))
                    // Only what has no expiry, which is a fragment that this very mark made, gets one.
                    .Add("PEXPIRE", key, (long)Supersession.PendingLimit.TotalMilliseconds, "NX")
                    .Add("HGETALL", key),
                cancellationToken).ConfigureAwait(false);
            var record = RedisRecord.Parse(replies[2]);
            if (record is null || now >= record.Birth.AbsoluteEnd)
            {
                await _redis.SendAsync(new RedisPipeline().Add("UNLINK", key), cancellationToken).ConfigureAwait(false);
                return null;
            }

            if (replies[0].AsInt64() == 1) return record;
            if (attempt > 0 || record.Supersession?.IsAbandoned(now) != true) return null;
            await UnmarkAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask UnmarkAsync(SessionId? id, CancellationToken cancellationToken)
    {
        if (id is null) return;
        await _redis.SendAsync(new RedisPipeline().Add("HDEL", _keys.Record(id), SessionFields.Superseded), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask CompleteAsync(SessionId old, bool inherits, SessionHandle successor, CancellationToken cancellationToken)
    {
        // Another user's session ends here and now; a guest's may be read for the grace.
        if (!inherits) await EndAsync(old, cancellationToken).ConfigureAwait(false);
        else await _redis.SendAsync(AddCompletion(new RedisTransaction(), old, successor), cancellationToken).ConfigureAwait(false);
    }

    private RedisTransaction AddCompletion(RedisTransaction transaction, SessionId old, SessionHandle successor)
    {
        var key = _keys.Record(old);
        return transaction
            .Add("HSET", key, SessionFields.Superseded, Supersession.Done(successor, _clock.GetUtcNow() + _options.RotationGrace))
            .Add("PEXPIRE", key, (long)Math.Max(1, _options.RotationGrace.TotalMilliseconds))
            .Add("PUBLISH", _keys.EndingsChannel, old.Handle.Value);
    }

    private static SessionRecord Started(
        SessionId id, SessionBirth birth, DateTimeOffset now, AuthenticationTicket? ticket, RedisRecord? old, SessionId? oldId) => new()
        {
            Handle = id.Handle,
            Birth = birth,
            LastSeenAt = now,
            Ticket = ticket is null ? null : new AuthenticationTicket(new ClaimsPrincipal(ticket.Principal), ticket.Properties, ticket.AuthenticationScheme),
            Attributes = old?.ToSession(oldId!, isSuperseded: false)?.Attributes ?? new Dictionary<string, byte[]>(),
        };
}
