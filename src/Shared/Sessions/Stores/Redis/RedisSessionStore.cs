using Microsoft.Extensions.Options;
using ShopSession.Redis;
using ShopSession.Sessions.KeyRing;

namespace ShopSession.Sessions.Stores.Redis;

/// <summary>
/// The central store: replicas hold nothing. One hash per session with a field per attribute, so that requests which change different
/// attributes never lose one another's writes; reading is one round trip and writing one, by plain commands only.
/// </summary>
internal sealed partial class RedisSessionStore : ISessionStore
{
    /// <summary>An id lives on for the grace alone, so chains of successors are short; a loop in them could only be made by hand.</summary>
    private const int MostSuccessors = 32;

    private readonly RedisCalls _redis;
    private readonly IRedisNearCache _nearCache;
    private readonly RedisSessionKeys _keys;
    private readonly RedisClock _clock;
    private readonly SharedSessionOptions _options;
    private readonly UserTagKey _tagKey;
    private readonly DeviceProtector _devices;

    public RedisSessionStore(
        IRedisClient redis, IRedisNearCache nearCache, IOptions<SharedSessionOptions> options, UserTagKey tagKey, DeviceProtector devices, TimeProvider time)
    {
        _redis = new RedisCalls(redis);
        _nearCache = nearCache;
        _options = options.Value;
        _keys = new RedisSessionKeys(_options.KeyPrefix);
        _clock = new RedisClock(time);
        _tagKey = tagKey;
        _devices = devices;
    }

    public string Name => "redis";

    public TimeProvider Clock => _clock;

    public async ValueTask<SessionRecord> CreateAsync(SessionId id, SessionChanges changes, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var birth = SessionBirth.OfGuest(_options, now);
        var attributes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var fields = new List<RedisArgument>();
        RedisRecordWriter.Birth(fields, birth, now);
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
        RedisRecordWriter.LastSeen(set, _clock.GetUtcNow());
        using (var cipher = new SessionCipher(id))
        {
            foreach (var (name, value) in changes.Attributes)
            {
                if (value is null) removed.Add(cipher.FieldName(SessionFields.Attribute, name));
                else RedisRecordWriter.Attribute(set, cipher, name, value);
            }
        }

        var transaction = new RedisTransaction().AddHashSet(key, set);
        if (removed.Count > 1) transaction.Add("HDEL", removed.ToArray());
        var (outcome, _) = await WriteAsync(id, seen, transaction, cancellationToken).ConfigureAwait(false);
        return outcome;
    }

    public async ValueTask<(SaveOutcome Outcome, long Value)> IncrementAsync(
        SessionId id, SessionRecord seen, string counter, long by, CancellationToken cancellationToken)
    {
        var transaction = new RedisTransaction().Add("HINCRBY", _keys.Record(id), RedisRecordWriter.CounterField(counter), by);
        var (outcome, replies) = await WriteAsync(id, seen, transaction, cancellationToken).ConfigureAwait(false);
        return (outcome, replies[0].AsInt64());
    }

    public async ValueTask EndAsync(SessionId id, CancellationToken cancellationToken)
    {
        // Signing out with an id that was replaced a moment ago means the session that took over, or what that has become by now.
        SessionHandle? next = id.Handle;
        for (var hop = 0; next is { } handle && hop < MostSuccessors; hop++)
        {
            var (_, successor) = await EndAsync(id.Tag, handle, cancellationToken).ConfigureAwait(false);
            next = id.IsSignedIn ? successor : null;
        }
    }

    /// <summary>Adds what every write ends with: the new expiry, and the question whether the session was still there.</summary>
    private async ValueTask<(SaveOutcome Outcome, RedisReply[] Replies)> WriteAsync(
        SessionId id, SessionRecord seen, RedisTransaction transaction, CancellationToken cancellationToken)
    {
        var key = _keys.Record(id);
        transaction
            .Add("PEXPIRE", key, RedisRecordWriter.TimeToLive(seen.Birth, _clock.GetUtcNow()))
            .Add("HMGET", key, SessionFields.Birth, SessionFields.Superseded);
        if (id.IsSignedIn) transaction.Add("ZSCORE", _keys.Index(id.Tag), id.Handle.Value);

        var replies = await _redis.SendAsync(transaction, cancellationToken).ConfigureAwait(false);
        var isMember = !id.IsSignedIn || !replies[^1].IsNull;
        var state = replies[id.IsSignedIn ? ^2 : ^1].Items;
        if (Supersession.Parse(state[1].AsString()) is { } supersession && !supersession.IsAbandoned(_clock.GetUtcNow()))
            return (SaveOutcome.Superseded, replies);
        if (!state[0].IsNull && isMember) return (SaveOutcome.Saved, replies);

        // The session ended meanwhile and this write left a fragment. Nobody accepts it, and it would expire; no need to keep it till then.
        await _redis.SendAsync(new RedisPipeline().Add("UNLINK", key), cancellationToken).ConfigureAwait(false);
        return (SaveOutcome.Ended, replies);
    }

    private async ValueTask<(bool WasListed, SessionHandle? Successor)> EndAsync(string tag, SessionHandle handle, CancellationToken cancellationToken)
    {
        // No transaction: a store that is full refuses to queue one, and signing out must work all the same. Leaving the index comes first, since it ends the session: a change of id
        // that comes after it fails, and one that came before has left its mark for the next command to read.
        var pipeline = new RedisPipeline()
            .Add("ZREM", _keys.Index(tag), handle.Value)
            .Add("HGET", _keys.Record(tag, handle), SessionFields.Superseded)
            .Add("DEL", _keys.Record(tag, handle))
            .Add("PUBLISH", _keys.EndingsChannel, handle.Value);
        var replies = await _redis.SendAllAsync(pipeline, cancellationToken).ConfigureAwait(false);
        return (replies[0].AsInt64() > 0, Supersession.Parse(replies[1].AsString())?.Successor);
    }
}
