using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using ShopSession.Redis;

namespace ShopSession.Sessions.Stores.Redis;

// Sign-in and change of id. A change of id has three steps: mark the old record (in one step with reading it, so that a write either is read or sees the
// mark), make the new one, complete the mark. A process that dies between leaves a mark that lapses, so the old id works on.
internal sealed partial class RedisSessionStore
{
    public async ValueTask<StartedSession> SignInAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        var tag = UserTag.For(request.User, await _tagKey.GetAsync(cancellationToken).ConfigureAwait(false));
        var old = request.Replaces is { } replaced ? await MarkAsync(replaced, cancellationToken).ConfigureAwait(false) : null;
        // What passes to the new session: the guest's things, or the same user's; never another user's.
        var inherits = old is not null && (!request.Replaces!.IsSignedIn || request.Replaces.Tag == tag.Value);
        await PruneAsync(tag.Value, cancellationToken).ConfigureAwait(false);
        var (outcome, started) = await TrySignInAsync(request, tag, inherits ? old : null, cancellationToken).ConfigureAwait(false);
        switch (outcome)
        {
            case SignInOutcome.Overtaken:
                await UnmarkAsync(request.Replaces, cancellationToken).ConfigureAwait(false);
                throw new SessionEndedException("All sessions of this account were ended while this sign-in was under way. Sign in again.");
            case SignInOutcome.Refused:
                await UnmarkAsync(request.Replaces, cancellationToken).ConfigureAwait(false);
                throw new SessionLimitReachedException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"This account already has {_options.MaxPerUser} sessions, the most that are allowed. Sign out elsewhere first."));
            default:
                if (old is not null && !(inherits && request.Replaces!.IsSignedIn))
                    await CompleteAsync(request.Replaces!, inherits, started!.Id.Handle, cancellationToken).ConfigureAwait(false);
                return started!;
        }
    }

    private async ValueTask<(SignInOutcome Outcome, StartedSession? Started)> TrySignInAsync(
        SignInRequest request, UserTag tag, RedisRecord? old, CancellationToken cancellationToken)
    {
        var id = SessionId.NewFor(tag);
        var (ordinal, seenGeneration) = await CountSignInAsync(tag, cancellationToken).ConfigureAwait(false);
        var now = _clock.GetUtcNow();
        var replacesOwn = old is not null && request.Replaces!.IsSignedIn;
        var persistent = request.Ticket.Properties.IsPersistent;
        var birth = new SessionBirth(
            replacesOwn ? old!.Birth.CreatedAt : now,
            now + (persistent ? _options.RememberMeTimeout : _options.AbsoluteTimeout),
            persistent ? _options.RememberMeTimeout : _options.IdleTimeout,
            persistent,
            ordinal);

        var key = _keys.Record(id);
        var index = _keys.Index(tag.Value);
        var transaction = new RedisTransaction()
            .AddHashSet(key, SignInFields(request, id, birth, now, old))
            .Add("PEXPIRE", key, RedisRecordWriter.TimeToLive(birth, now))
            // Last of all while the limit is applied, so that it hits exactly the one that it should, whatever order simultaneous sign-ins were counted in.
            .Add("ZADD", index, "+inf", id.Handle.Value)
            .Add("PEXPIRE", index, IndexLife);
        // The user's own session that is replaced leaves the index in the same step, so that it never counts towards the limit.
        if (replacesOwn) AddCompletion(transaction.Add("ZREM", index, request.Replaces!.Handle.Value), request.Replaces, id.Handle);
        AddLimit(transaction, index);
        transaction
            .Add("ZADD", index, "XX", ordinal, id.Handle.Value)
            .Add("ZSCORE", index, id.Handle.Value)
            .Add("HGET", _keys.User(tag.Value), "g");

        // If this fails, the mark on the old session lapses by itself and the old session works on.
        var replies = await _redis.SendAsync(transaction, cancellationToken).ConfigureAwait(false);
        await ForgetEvictedAsync(tag.Value, replies, cancellationToken).ConfigureAwait(false);
        if (Generation(replies[^1]) != (request.Generation ?? seenGeneration))
        {
            await EndAsync(tag.Value, id.Handle, cancellationToken).ConfigureAwait(false);
            return (SignInOutcome.Overtaken, null);
        }

        if (replies[^2].IsNull)
        {
            await _redis.SendAsync(new RedisPipeline().Add("UNLINK", key), cancellationToken).ConfigureAwait(false);
            return (SignInOutcome.Refused, null);
        }

        return (SignInOutcome.Started, new StartedSession(id, Started(id, birth, now, request.Ticket, old, request.Replaces)));
    }

    private List<RedisArgument> SignInFields(SignInRequest request, SessionId id, SessionBirth birth, DateTimeOffset now, RedisRecord? old)
    {
        var fields = new List<RedisArgument>();
        RedisRecordWriter.Birth(fields, birth, now);
        fields.Add(SessionFields.Device);
        fields.Add(_devices.Protect(request.UserAgent, request.Address));
        using var cipher = new SessionCipher(id);
        RedisRecordWriter.Ticket(fields, cipher, request.Ticket);
        if (old is null) return fields;
        using var oldCipher = new SessionCipher(request.Replaces!);
        RedisRecordWriter.Inherit(fields, old, oldCipher, cipher);
        return fields;
    }

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

    private long IndexLife => (long)(Longest(_options.AbsoluteTimeout, _options.RememberMeTimeout) + TimeSpan.FromDays(1)).TotalMilliseconds;

    private static TimeSpan Longest(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static long Generation(RedisReply reply) => reply.IsNull ? 0 : reply.AsInt64();

    private async ValueTask<(long Ordinal, long Generation)> CountSignInAsync(UserTag tag, CancellationToken cancellationToken)
    {
        var key = _keys.User(tag.Value);
        var replies = await _redis.SendAsync(
            new RedisTransaction().Add("HINCRBY", key, "n", 1).Add("HGET", key, "g").Add("PEXPIRE", key, IndexLife).Add("TIME"),
            cancellationToken).ConfigureAwait(false);
        _clock.Take(replies[3]);
        return (replies[0].AsInt64(), Generation(replies[1]));
    }

    /// <summary>Marks the record and reads it in one step. <see langword="null"/>: there is no such session, or another request replaces it already.</summary>
    private async ValueTask<RedisRecord?> MarkAsync(SessionId id, CancellationToken cancellationToken)
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

    private void AddLimit(RedisTransaction transaction, RedisKey index)
    {
        if (_options.MaxPerUser <= 0)
        {
            transaction.Add("ZRANGE", index, 1, 0);
        }
        else if (_options.LimitPolicy == SessionLimitPolicy.NewestWins)
        {
            transaction.Add("ZRANGE", index, 0, -(_options.MaxPerUser + 1)).Add("ZREMRANGEBYRANK", index, 0, -(_options.MaxPerUser + 1));
        }
        else
        {
            transaction.Add("ZRANGE", index, 1, 0).Add("ZREMRANGEBYRANK", index, _options.MaxPerUser, -1);
        }
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

    /// <summary>Deletes the records of sessions that just left the index; they were dead from that moment.</summary>
    private async ValueTask ForgetEvictedAsync(string tag, RedisReply[] replies, CancellationToken cancellationToken, SessionHandle[]? keep = null)
    {
        var evicted = replies
            .Where(reply => reply.Type == RedisReplyType.Array)
            .SelectMany(reply => reply.Items)
            .Select(item => new SessionHandle(item.AsString()!))
            .Where(handle => keep?.Contains(handle) != true)
            .ToArray();
        if (evicted.Length == 0) return;
        RedisArgument[] keys = [.. evicted.Select(handle => (RedisArgument)_keys.Record(tag, handle))];
        var pipeline = new RedisPipeline().Add("UNLINK", keys);
        foreach (var handle in evicted) pipeline.Add("PUBLISH", _keys.EndingsChannel, handle.Value);
        await _redis.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes sessions whose record has expired out of the index. A handle is never used again, so none that lives can be hit.</summary>
    private async ValueTask PruneAsync(string tag, CancellationToken cancellationToken)
    {
        var index = _keys.Index(tag);
        var members = (await _redis.SendAsync(new RedisPipeline().Add("ZRANGE", index, 0, -1), cancellationToken).ConfigureAwait(false))[0]
            .ThrowIfError().Items.Select(item => new SessionHandle(item.AsString()!)).ToArray();
        if (members.Length == 0) return;
        var question = new RedisPipeline();
        foreach (var member in members) question.Add("EXISTS", _keys.Record(tag, member));
        var replies = await _redis.SendAsync(question, cancellationToken).ConfigureAwait(false);
        RedisArgument[] dead = [.. members.Where((_, i) => replies[i].ThrowIfError().AsInt64() == 0).Select(member => (RedisArgument)member.Value)];
        if (dead.Length > 0)
            await _redis.SendAsync(new RedisPipeline().Add("ZREM", [index, .. dead]), cancellationToken).ConfigureAwait(false);
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

    private enum SignInOutcome
    {
        Started,
        Refused,
        Overtaken,
    }
}
