using ShopSession.Redis;
using ShopSession.Sessions.Sealing;
using ShopSession.Sessions.Timeline;

namespace ShopSession.Sessions.Stores.Redis;

internal sealed partial class RedisSessionStore : ISessionDirectory
{
    public async ValueTask<IReadOnlyList<SessionDevice>> ListAsync(UserId user, CancellationToken cancellationToken = default)
    {
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        var index = _keys.Index(tag);
        var members = Handles((await _redis.SendAsync(new RedisPipeline().Add("ZREVRANGE", index, 0, -1), cancellationToken).ConfigureAwait(false))[0]);
        if (members.Length == 0) return [];

        var question = new RedisPipeline();
        foreach (var member in members) question.Add("HMGET", _keys.Record(tag, member), SessionFields.Birth, SessionFields.LastSeen, SessionFields.Device);
        var replies = await _redis.SendAsync(question, cancellationToken).ConfigureAwait(false);
        using var seal = await SealAsync(tag, cancellationToken).ConfigureAwait(false);
        var devices = new List<SessionDevice>(members.Length);
        var expired = new List<SessionHandle>();
        for (var i = 0; i < members.Length; i++)
        {
            var fields = replies[i].ThrowIfError().Items;
            if (SessionBirth.FromBytes(fields[0].AsBytes().Span) is not { } birth)
            {
                if (fields[0].IsNull) expired.Add(members[i]);
                continue;
            }

            var lastSeen = fields[1].IsNull ? birth.CreatedAt : DateTimeOffset.FromUnixTimeSeconds(fields[1].AsInt64());
            var device = _devices.Read(fields[2].IsNull ? null : fields[2].AsBytes(), seal, members[i]);
            devices.Add(new SessionDevice(members[i], birth.CreatedAt, lastSeen, birth.ExpiresAt(lastSeen), device.UserAgent, device.Address));
        }

        if (expired.Count > 0) await PruneAsync(tag, seal, [.. expired], cancellationToken).ConfigureAwait(false);
        return devices;
    }

    public async ValueTask<IReadOnlyList<SessionHistory>> HistoryAsync(UserId user, CancellationToken cancellationToken = default)
    {
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        var replies = await _redis.SendAsync(new RedisPipeline().Add("LRANGE", _keys.Timeline(tag), 0, -1), cancellationToken).ConfigureAwait(false);
        using var seal = await SealAsync(tag, cancellationToken).ConfigureAwait(false);
        return SessionHistories.From(RedisTimeline.Read(replies[0], seal));
    }

    public ValueTask<bool> RevokeAsync(UserId user, SessionHandle session, CancellationToken cancellationToken = default) =>
        RevokeAsync(user, session, SessionActor.User(), cancellationToken);

    public async ValueTask<bool> RevokeAsync(UserId user, SessionHandle session, SessionActor by, CancellationToken cancellationToken = default)
    {
        if (!SessionHandle.TryParse(session.Value, out _)) return false;
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        return (await EndAsync(tag, session, by, cancellationToken).ConfigureAwait(false)).Ended;
    }

    public ValueTask<int> RevokeAllAsync(UserId user, CancellationToken cancellationToken = default) => RevokeAllAsync(user, SessionActor.User(), cancellationToken);

    public async ValueTask<int> RevokeAllAsync(UserId user, SessionActor by, CancellationToken cancellationToken = default)
    {
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        var index = _keys.Index(tag);
        var key = _keys.User(tag);
        var replies = await _redis.SendAsync(
            new RedisTransaction().Add("HINCRBY", key, "g", 1).Add("PEXPIRE", key, IndexLife).Add("ZRANGE", index, 0, -1).Add("DEL", index),
            cancellationToken).ConfigureAwait(false);
        using var seal = await SealAsync(tag, cancellationToken).ConfigureAwait(false);
        await ForgetEvictedAsync(tag, seal, replies, by, cancellationToken).ConfigureAwait(false);
        return replies[2].Items.Count;
    }

    public async ValueTask<long> GetGenerationAsync(UserId user, CancellationToken cancellationToken = default)
    {
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        var replies = await _redis.SendAsync(new RedisPipeline().Add("HGET", _keys.User(tag), "g"), cancellationToken).ConfigureAwait(false);
        return Generation(replies[0].ThrowIfError());
    }

    private async ValueTask<string> TagAsync(UserId user, CancellationToken cancellationToken) =>
        UserTag.For(user, await _tagKey.GetAsync(cancellationToken).ConfigureAwait(false)).Value;

    private async ValueTask PruneAsync(string tag, UserSeal seal, SessionHandle[] expired, CancellationToken cancellationToken)
    {
        var transaction = new RedisTransaction();
        var position = AddExpired(transaction, seal, tag, expired, _clock.GetUtcNow());
        var replies = await _redis.SendAsync(transaction, cancellationToken).ConfigureAwait(false);
        if (position is { } reply) _report.Expired(replies[reply].AsInt64());
    }
}
