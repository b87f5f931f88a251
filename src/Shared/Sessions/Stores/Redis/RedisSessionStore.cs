using Microsoft.Extensions.Options;
using ShopSession.Redis;
using ShopSession.Sessions.Diagnostics;
using ShopSession.Sessions.KeyRing;
using ShopSession.Sessions.Timeline;

namespace ShopSession.Sessions.Stores.Redis;

/// <summary>
/// The central store: replicas hold nothing. One hash per session with a field per attribute, so that requests which change different
/// attributes never lose one another's writes; reading is one round trip and writing one, by plain commands only.
/// </summary>
internal sealed partial class RedisSessionStore : ISessionStore
{
    /// <summary>An id lives on for the grace alone, so chains of successors are short; a loop in them could only be made by hand.</summary>
    private const int MostSuccessors = 32;

    /// <summary>Bytes of attributes up to which a write reads the session back: a larger one costs more to send than the round trip that it may save.</summary>
    private const int MostReadBack = 4096;

    private readonly RedisCalls _redis;
    private readonly IRedisNearCache _nearCache;
    private readonly RedisSessionKeys _keys;
    private readonly RedisClock _clock;
    private readonly SharedSessionOptions _options;
    private readonly UserTagKey _tagKey;
    private readonly RedisDeviceField _devices;
    private readonly RedisRecordWriter _writer;
    private readonly RedisTimeline _timeline;
    private readonly SessionReporter _report;
    private readonly StoreRoundTrips _roundTrips;

    public RedisSessionStore(
        IRedisClient redis,
        IRedisNearCache nearCache,
        IOptions<SharedSessionOptions> options,
        UserTagKey tagKey,
        DeviceProtector devices,
        SessionReporter report,
        StoreRoundTrips roundTrips,
        TimeProvider time)
    {
        _redis = new RedisCalls(redis, roundTrips);
        _roundTrips = roundTrips;
        _report = report;
        _nearCache = nearCache;
        _options = options.Value;
        _keys = new RedisSessionKeys(_options.KeyPrefix);
        _clock = new RedisClock(time);
        _tagKey = tagKey;
        _writer = new RedisRecordWriter(_options.PayloadVersion);
        _devices = new RedisDeviceField(devices, _options.PayloadVersion);
        _timeline = new RedisTimeline(_keys, IndexLifeOf(_options));
    }

    public string Name => "redis";

    public TimeProvider Clock => _clock;

    /// <summary>Whether the clock shows the server's time yet, and not this machine's.</summary>
    public bool KnowsTime => _clock.IsSet;

    /// <summary>Whether a write reads a session with these attributes back, where there is a near cache.</summary>
    public static bool IsReadBack(IReadOnlyDictionary<string, byte[]> attributes) => attributes.Sum(static pair => pair.Value.Length) <= MostReadBack;

    public async ValueTask<SessionRecord> CreateAsync(SessionId id, SessionChanges changes, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var birth = SessionBirth.OfGuest(_options, now);
        var attributes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var fields = new List<RedisArgument>();
        _writer.Birth(fields, birth, now);
        using (var cipher = new SessionCipher(id))
        {
            foreach (var (name, value) in changes.Attributes)
            {
                if (value is null) continue;
                attributes[name] = value;
                RedisRecordWriter.Attribute(fields, cipher, name, value);
            }
        }

        var key = _keys.Record(id);
        var transaction = new RedisTransaction()
            .AddHashSet(key, fields)
            .Add("PEXPIRE", key, RedisRecordWriter.TimeToLive(birth, now));
        await _redis.SendAsync(transaction, cancellationToken).ConfigureAwait(false);
        return new SessionRecord { Handle = id.Handle, Birth = birth, LastSeenAt = now, Attributes = attributes };
    }

    public async ValueTask<SaveOutcome> SaveAsync(SessionId id, SessionRecord seen, SessionChanges changes, CancellationToken cancellationToken)
    {
        var key = _keys.Record(id);
        var set = new List<RedisArgument>();
        var removed = new List<RedisArgument> { key };
        var written = new List<KeyValuePair<string, OpenedFields.Attribute>>(changes.Attributes.Count);
        RedisRecordWriter.LastSeen(set, _clock.GetUtcNow());
        using (var cipher = new SessionCipher(id))
        {
            foreach (var (name, value) in changes.Attributes)
            {
                var field = seen.Opened?.FieldOf(name) ?? cipher.FieldName(SessionFields.Attribute, name);
                if (value is null) removed.Add(field);
                else written.Add(new(field, new(RedisRecordWriter.Attribute(set, cipher, field, name, value), name, value)));
            }
        }

        var transaction = new RedisTransaction().AddHashSet(key, set);
        if (removed.Count > 1) transaction.Add("HDEL", removed.ToArray());
        var (outcome, _) = await WriteAsync(id, seen, transaction, written, cancellationToken).ConfigureAwait(false);
        return outcome;
    }

    public async ValueTask<(SaveOutcome Outcome, long Value)> IncrementAsync(
        SessionId id, SessionRecord seen, string counter, long by, CancellationToken cancellationToken)
    {
        var transaction = new RedisTransaction().Add("HINCRBY", _keys.Record(id), RedisRecordWriter.CounterField(counter), by);
        var (outcome, replies) = await WriteAsync(id, seen, transaction, [], cancellationToken).ConfigureAwait(false);
        return (outcome, replies[0].AsInt64());
    }

    public async ValueTask EndAsync(SessionId id, CancellationToken cancellationToken)
    {
        if (!id.IsSignedIn)
        {
            await _redis.SendAllAsync(
                new RedisPipeline().Add("DEL", _keys.Record(id)).Add("PUBLISH", _keys.EndingsChannel, Ending(id.Handle, _clock.GetUtcNow())), cancellationToken).ConfigureAwait(false);
            return;
        }

        // Signing out with an id that was replaced a moment ago means the session that took over, or what that has become by now.
        SessionHandle? next = id.Handle;
        for (var hop = 0; next is { } handle && hop < MostSuccessors; hop++)
            (_, next) = await EndAsync(id.Tag, handle, by: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Adds what every write ends with: the new expiry, and the question whether the session was still there. With a near cache the whole session is asked for, and kept: the next request at this
    /// replica needs no round trip to read what this one wrote.
    /// </summary>
    private async ValueTask<(SaveOutcome Outcome, RedisReply[] Replies)> WriteAsync(
        SessionId id, SessionRecord seen, RedisTransaction transaction, List<KeyValuePair<string, OpenedFields.Attribute>> written, CancellationToken cancellationToken)
    {
        var key = _keys.Record(id);
        var readsBack = _options.NearCache && IsReadBack(seen.Attributes);
        transaction.Add("PEXPIRE", key, RedisRecordWriter.TimeToLive(seen.Birth, _clock.GetUtcNow()));
        if (readsBack) transaction.Add("HGETALL", key);
        else transaction.Add("HMGET", key, SessionFields.Birth, SessionFields.Superseded);
        if (id.IsSignedIn) transaction.Add("ZSCORE", _keys.Index(id.Tag), id.Handle.Value);

        var replies = readsBack
            ? await SendAndKeepAsync(id, transaction, seen.Opened?.With(id.DerivedKeys, written), cancellationToken).ConfigureAwait(false)
            : await _redis.SendAsync(transaction, cancellationToken).ConfigureAwait(false);
        var isMember = !id.IsSignedIn || !replies[^1].IsNull;
        var (isThere, supersession) = StateOf(replies[id.IsSignedIn ? ^2 : ^1], readsBack);
        if (supersession is not null && !supersession.IsAbandoned(_clock.GetUtcNow())) return (SaveOutcome.Superseded, replies);
        if (isThere && isMember) return (SaveOutcome.Saved, replies);

        // The session ended meanwhile and this write left a fragment. Nobody accepts it, and it would expire; no need to keep it till then.
        await _redis.SendAsync(new RedisPipeline().Add("UNLINK", key), cancellationToken).ConfigureAwait(false);
        return (SaveOutcome.Ended, replies);
    }

    private static (bool IsThere, Supersession? Supersession) StateOf(in RedisReply state, bool isWhole)
    {
        if (!isWhole) return (!state.Items[0].IsNull, Supersession.Parse(state.Items[1].AsString()));
        var (isThere, superseded) = (false, (string?)null);
        for (var i = 0; i + 1 < state.Items.Count; i += 2)
        {
            var field = state.Items[i].AsString();
            if (field == SessionFields.Birth) isThere = true;
            else if (field == SessionFields.Superseded) superseded = state.Items[i + 1].AsString();
        }

        return (isThere, Supersession.Parse(superseded));
    }

    /// <summary>Ends a signed-in session: by its own sign-out when <paramref name="by"/> is <see langword="null"/>.</summary>
    private async ValueTask<(bool Ended, SessionHandle? Successor)> EndAsync(string tag, SessionHandle handle, SessionActor? by, CancellationToken cancellationToken)
    {
        const int Essential = 4;
        using var seal = await SealAsync(tag, cancellationToken).ConfigureAwait(false);
        var now = _clock.GetUtcNow();
        // No transaction: a store that is full refuses to queue one, and signing out must work all the same. Leaving the index comes first, since it ends the session: a change of id
        // that comes after it fails, and one that came before has left its mark for the next command to read.
        var pipeline = new RedisPipeline()
            .Add("ZREM", _keys.Index(tag), handle.Value)
            .Add("HGET", _keys.Record(tag, handle), SessionFields.Superseded)
            .Add("DEL", _keys.Record(tag, handle))
            .Add("PUBLISH", _keys.EndingsChannel, Ending(handle, now));
        var entries = _timeline.Add(pipeline, seal, tag, by is null ? TimelineEntry.SignedOut(now, handle) : TimelineEntry.Revoked(now, handle, by));
        var replies = await _redis.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        // A full store takes no entry of the timeline; the session has ended all the same.
        for (var i = 0; i < Essential; i++)
        {
            if (replies[i].IsError && !IsNoRecord(replies[i])) throw RedisCalls.Unavailable(new RedisServerException(replies[i].AsString()!));
        }

        var wasAlive = replies[0].AsInt64() > 0;
        var successor = SuccessorIn(replies[1]);
        if (wasAlive)
        {
            if (by is not null) _report.Revoked(handle, by);
            return (true, successor);
        }

        // Of a cluster's slot that moves the index may have been asked for again, after all the others: a change of id that passed between them has left its mark by now.
        var later = await RetractAsync(tag, handle, entries, cancellationToken).ConfigureAwait(false);
        return (false, successor ?? later);
    }

    /// <summary>Takes back a sign-in or change of id that turned out to be void; nobody was given its id.</summary>
    private async ValueTask UndoAsync(string tag, SessionHandle handle, byte[][] entries, CancellationToken cancellationToken)
    {
        var pipeline = new RedisPipeline()
            .Add("ZREM", _keys.Index(tag), handle.Value)
            .Add("DEL", _keys.Record(tag, handle))
            .Add("PUBLISH", _keys.EndingsChannel, Ending(handle, _clock.GetUtcNow()));
        _timeline.Retract(pipeline, tag, entries);
        await _redis.SendAllAsync(pipeline, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The session that took over from this one, if its record says so.</returns>
    private async ValueTask<SessionHandle?> RetractAsync(string tag, SessionHandle handle, byte[][] entries, CancellationToken cancellationToken)
    {
        var pipeline = new RedisPipeline().Add("HGET", _keys.Record(tag, handle), SessionFields.Superseded);
        _timeline.Retract(pipeline, tag, entries);
        return SuccessorIn((await _redis.SendAsync(pipeline, cancellationToken).ConfigureAwait(false))[0]);
    }

    private static SessionHandle? SuccessorIn(in RedisReply mark)
    {
        if (!mark.IsError) return Supersession.Parse(mark.AsString())?.Successor;
        return IsNoRecord(mark) ? null : throw RedisCalls.Unavailable(new RedisServerException(mark.AsString()!));
    }

    /// <summary>What stands under the key is no hash, so no session.</summary>
    private static bool IsNoRecord(RedisReply reply) => reply.AsString()!.StartsWith("WRONGTYPE", StringComparison.Ordinal);
}
