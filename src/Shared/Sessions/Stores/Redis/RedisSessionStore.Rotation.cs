using ShopSession.Redis;
using ShopSession.Sessions.Sealing;
using ShopSession.Sessions.Timeline;

namespace ShopSession.Sessions.Stores.Redis;

// Change of id without a sign-in, and the end of all other sessions with it.
internal sealed partial class RedisSessionStore
{
    public ValueTask<StartedSession> RotateAsync(SessionId id, bool endOthers, CancellationToken cancellationToken) =>
        RotateAsync(id, endOthers ? SessionActorKind.User : null, cancellationToken);

    public async ValueTask<StartedSession> RotateAsync(SessionId id, SessionActorKind? endOthers, CancellationToken cancellationToken)
    {
        var old = await MarkAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new SessionEndedException("The session ended, or its id was replaced, while the request was on its way. Repeat the request.");
        if (id.IsSignedIn && !await IsMemberAsync(id.Tag, id.Handle, cancellationToken).ConfigureAwait(false))
            throw new SessionEndedException("The session ended while the request was on its way. Sign in again.");

        var now = _clock.GetUtcNow();
        var successor = id.IsSignedIn ? SessionId.NewFor(new UserTag(id.Tag)) : SessionId.NewAnonymous();
        var session = old.ToSession(id, isSuperseded: false) ?? throw new SessionEndedException("The session's record could not be read. Sign in again.");
        var fields = new List<RedisArgument>();
        using var seal = id.IsSignedIn ? await SealAsync(id.Tag, cancellationToken).ConfigureAwait(false) : null;
        _writer.Birth(fields, old.Birth, now);
        using (var cipher = new SessionCipher(successor))
        using (var oldCipher = new SessionCipher(id))
        {
            if (session.Ticket is { } ticket) _writer.Ticket(fields, cipher, ticket);
            if (seal is not null) _devices.Add(fields, seal, successor.Handle, _devices.Read(old.Device, seal, id.Handle));

            RedisRecordWriter.Inherit(fields, old, oldCipher, cipher);
        }

        var key = _keys.Record(successor);
        var transaction = new RedisTransaction()
            .AddHashSet(key, fields)
            .Add("PEXPIRE", key, RedisRecordWriter.TimeToLive(old.Birth, now));
        byte[][] entries = [];
        if (seal is not null)
        {
            entries = _timeline.Add(transaction, seal, id.Tag, TimelineEntry.Rotated(now, successor.Handle, id.Handle));
            AddTakeOver(transaction, id, successor, old.Birth.Ordinal, endOthers is not null);
        }
        else
        {
            AddCompletion(transaction, id, successor.Handle);
        }

        var replies = await _redis.SendAsync(transaction, cancellationToken).ConfigureAwait(false);
        if (seal is not null)
        {
            // ZREM tells whether the old id was still a member when the new one took its place: if not, the session had been ended and must stay so.
            if (replies[^1].AsInt64() == 0)
            {
                await UndoAsync(id.Tag, successor.Handle, entries, cancellationToken).ConfigureAwait(false);
                await UndoAsync(id.Tag, id.Handle, [], cancellationToken).ConfigureAwait(false);
                throw new SessionEndedException("The session ended while the request was on its way. Sign in again.");
            }

            if (endOthers is { } kind)
            {
                await ForgetEvictedAsync(
                    id.Tag, seal, replies, new SessionActor(kind, successor.Handle), cancellationToken, keep: [id.Handle, successor.Handle]).ConfigureAwait(false);
            }
        }

        return new StartedSession(successor, Started(successor, old.Birth, now, session.Ticket, old, id));
    }

    private void AddTakeOver(RedisTransaction transaction, SessionId old, SessionId successor, long ordinal, bool endOthers)
    {
        var index = _keys.Index(old.Tag);
        // The counters must outlive the index: were they to restart, a new sign-in would pass for the oldest.
        transaction.Add("PEXPIRE", _keys.User(old.Tag), IndexLife);
        if (endOthers)
        {
            transaction
                .Add("HINCRBY", _keys.User(old.Tag), "g", 1)
                .Add("ZRANGE", index, 0, -1)
                // All but the old id, whose removal below is the proof that it was still alive.
                .Add("ZREMRANGEBYSCORE", index, "-inf", $"({ordinal}")
                .Add("ZREMRANGEBYSCORE", index, $"({ordinal}", "+inf");
        }

        AddCompletion(transaction, old, successor.Handle)
            .Add("ZADD", index, ordinal, successor.Handle.Value)
            .Add("PEXPIRE", index, IndexLife)
            .Add("ZREM", index, old.Handle.Value);
    }
}
