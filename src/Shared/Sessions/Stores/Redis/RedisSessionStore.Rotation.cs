using ShopSession.Redis;

namespace ShopSession.Sessions.Stores.Redis;

// Change of id without a sign-in, and the end of all other sessions with it.
internal sealed partial class RedisSessionStore
{
    public async ValueTask<StartedSession> RotateAsync(SessionId id, bool endOthers, CancellationToken cancellationToken)
    {
        var old = await MarkAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new SessionEndedException("The session ended, or its id was replaced, while the request was on its way. Repeat the request.");
        if (id.IsSignedIn && !await IsMemberAsync(id.Tag, id.Handle, cancellationToken).ConfigureAwait(false))
            throw new SessionEndedException("The session ended while the request was on its way. Sign in again.");

        var now = _clock.GetUtcNow();
        var successor = id.IsSignedIn ? SessionId.NewFor(new UserTag(id.Tag)) : SessionId.NewAnonymous();
        var session = old.ToSession(id, isSuperseded: false) ?? throw new SessionEndedException("The session's record could not be read. Sign in again.");
        var fields = new List<RedisArgument>();
        RedisRecordWriter.Birth(fields, old.Birth, now);
        using (var cipher = new SessionCipher(successor))
        using (var oldCipher = new SessionCipher(id))
        {
            if (session.Ticket is { } ticket) RedisRecordWriter.Ticket(fields, cipher, ticket);
            if (old.Fields.FirstOrDefault(field => field.Key == SessionFields.Device) is { Key: not null } device)
            {
                fields.Add(SessionFields.Device);
                fields.Add(device.Value);
            }

            RedisRecordWriter.Inherit(fields, old, oldCipher, cipher);
        }

        var key = _keys.Record(successor);
        var transaction = new RedisTransaction()
            .AddHashSet(key, fields)
            .Add("PEXPIRE", key, RedisRecordWriter.TimeToLive(old.Birth, now));
        if (id.IsSignedIn) AddTakeOver(transaction, id, successor, old.Birth.Ordinal, endOthers);
        else AddCompletion(transaction, id, successor.Handle);
        var replies = await _redis.SendAsync(transaction, cancellationToken).ConfigureAwait(false);
        if (id.IsSignedIn)
        {
            // ZREM tells whether the old id was still a member when the new one took its place: if not, the session had been ended and must stay so.
            if (replies[^1].AsInt64() == 0)
            {
                await EndAsync(id.Tag, successor.Handle, cancellationToken).ConfigureAwait(false);
                await EndAsync(id.Tag, id.Handle, cancellationToken).ConfigureAwait(false);
                throw new SessionEndedException("The session ended while the request was on its way. Sign in again.");
            }

            await ForgetEvictedAsync(id.Tag, replies, cancellationToken, keep: [id.Handle, successor.Handle]).ConfigureAwait(false);
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
