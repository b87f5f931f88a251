using ShopSession.Redis;

namespace ShopSession.Sessions.Stores.Redis;

// Reading: from the near cache without a round trip, else from the server in one.
internal sealed partial class RedisSessionStore : INearSessionStore
{
    /// <summary>Lets the near cache keep what a read of a session depends on.</summary>
    public static void KeepNear(RedisNearCacheOptions nearCache, SharedSessionOptions options)
    {
        foreach (var prefix in new RedisSessionKeys(options.KeyPrefix).ReadPrefixes) nearCache.Prefixes.Add(prefix);
    }

    public ValueTask<SessionRecord?> ReadAsync(SessionId id, CancellationToken cancellationToken) =>
        TryReadNear(id) is { } near ? new ValueTask<SessionRecord?>(near) : ReadFarAsync(id, cancellationToken);

    public SessionRecord? TryReadNear(SessionId id)
    {
        // The end is checked here: the server reports an expiry only when it gets round to it.
        if (!_nearCache.TryGet<SessionRecord>(id.Handle.Value, out var near) || _clock.GetUtcNow() >= near.ExpiresAt) return null;
        _report.Read(isNear: true);
        id.Share(near.Opened?.Keys);
        return near;
    }

    public async ValueTask<SessionRecord?> ReadFarAsync(SessionId id, CancellationToken cancellationToken)
    {
        _report.Read(isNear: false);
        for (var attempt = 0; ; attempt++)
        {
            var read = await SendReadAsync(id, cancellationToken).ConfigureAwait(false);
            // The record and the index are two reads; between them the id may have been replaced. The second look sees both sides of it.
            if (read.Verdict == Verdict.Torn && attempt < 2) continue;
            if (read.Verdict == Verdict.Torn) return null;
            // A replaced login lives no longer than the one that took over: signing that out ends both.
            if (read.Successor is { } successor && id.IsSignedIn && !await LivesOnAsync(id.Tag, successor, cancellationToken).ConfigureAwait(false)) return null;
            return read.Session;
        }
    }

    private async ValueTask<Reading> SendReadAsync(SessionId id, CancellationToken cancellationToken)
    {
        var record = _keys.Record(id);
        var index = _keys.Index(id.Tag);
        var pipeline = new RedisPipeline().Add("HGETALL", record);
        // The index vouches for a signed-in session. A late write may bring a deleted record's fields back, never its membership.
        if (id.IsSignedIn) pipeline.Add("ZSCORE", index, id.Handle.Value);
        var isSampling = _clock.NeedsSample;
        if (isSampling) pipeline.Add("TIME");

        var reading = default(Reading);
        _roundTrips.Count();
        try
        {
            await _nearCache.ReadAndKeepAsync(
                id.Handle.Value,
                id.IsSignedIn ? [record, index] : [record],
                pipeline,
                replies =>
                {
                    if (isSampling) _clock.Take(replies[^1]);
                    reading = Judge(id, replies[0], id.IsSignedIn ? replies[1] : RedisReply.Null);
                    return Keepable(reading);
                },
                cancellationToken).ConfigureAwait(false);
            return reading;
        }
        catch (RedisException exception)
        {
            throw RedisCalls.Unavailable(exception);
        }
    }

    /// <summary>Sends a transaction that ends with the session as it is then, and keeps that near.</summary>
    private async ValueTask<RedisReply[]> SendAndKeepAsync(SessionId id, RedisTransaction transaction, OpenedFields? known, CancellationToken cancellationToken)
    {
        RedisReply[] answered = [];
        _roundTrips.Count();
        try
        {
            await _nearCache.WriteAndKeepAsync(
                id.Handle.Value,
                id.IsSignedIn ? [_keys.Record(id), _keys.Index(id.Tag)] : [_keys.Record(id)],
                transaction,
                replies =>
                {
                    answered = replies;
                    if (Array.Exists(replies, static reply => reply.IsError)) return null;
                    return Keepable(id.IsSignedIn ? Judge(id, replies[^2], replies[^1], known) : Judge(id, replies[^1], RedisReply.Null, known));
                },
                cancellationToken).ConfigureAwait(false);
            return RedisCalls.Succeeded(answered);
        }
        catch (RedisException exception)
        {
            throw RedisCalls.Unavailable(exception);
        }
    }

    /// <summary>Kept is only what stands as it is: a live session whose id was not replaced.</summary>
    private static SessionRecord? Keepable(in Reading reading) => reading is { Verdict: Verdict.Settled, Session: { IsSuperseded: false } live } ? live : null;

    private Reading Judge(SessionId id, RedisReply hash, RedisReply membership, OpenedFields? known = null)
    {
        var now = _clock.GetUtcNow();
        if (RedisRecord.Parse(hash) is not { } record || now >= record.Birth.AbsoluteEnd) return default;
        if (record.Supersession is { Successor: { } successor } done)
            return now < done.At ? new Reading(Verdict.Settled, record.ToSession(id, isSuperseded: true), successor) : default;
        if (id.IsSignedIn && membership.ThrowIfError().IsNull) return new Reading(Verdict.Torn, null, null);
        var isBeingReplaced = record.Supersession?.IsAbandoned(now) == false;
        return new Reading(Verdict.Settled, record.ToSession(id, isBeingReplaced, known), null);
    }

    private async ValueTask<bool> IsMemberAsync(string tag, SessionHandle handle, CancellationToken cancellationToken)
    {
        var replies = await _redis.SendAsync(new RedisPipeline().Add("ZSCORE", _keys.Index(tag), handle.Value), cancellationToken).ConfigureAwait(false);
        return !replies[0].ThrowIfError().IsNull;
    }

    /// <summary>Whether the session that took over is alive, or was itself replaced by one that is: ids may change twice within one request's flight.</summary>
    private async ValueTask<bool> LivesOnAsync(string tag, SessionHandle successor, CancellationToken cancellationToken)
    {
        for (var hop = 0; hop < MostSuccessors; hop++)
        {
            // In this order: a change of id between the two commands shows its mark in the second.
            var pipeline = new RedisPipeline().Add("ZSCORE", _keys.Index(tag), successor.Value).Add("HGET", _keys.Record(tag, successor), SessionFields.Superseded);
            var replies = await _redis.SendAllAsync(pipeline, cancellationToken).ConfigureAwait(false);
            if (!replies[0].IsNull) return true;
            if (Supersession.Parse(replies[1].AsString())?.Successor is not { } next) return false;
            successor = next;
        }

        return false;
    }

    private readonly record struct Reading(Verdict Verdict, SessionRecord? Session, SessionHandle? Successor);

    /// <summary>Whether a read may be judged, or its parts come from before and after a change.</summary>
    private enum Verdict
    {
        Settled,
        Torn,
    }
}
