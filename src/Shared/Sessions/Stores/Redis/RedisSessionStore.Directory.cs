using ShopSession.Redis;

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
            var (agent, address) = fields[2].IsNull ? ("", "") : _devices.Unprotect(fields[2].AsBytes());
            devices.Add(new SessionDevice(members[i], birth.CreatedAt, lastSeen, birth.ExpiresAt(lastSeen), agent, address));
        }

        if (expired.Count > 0) await PruneAsync(index, [.. expired], cancellationToken).ConfigureAwait(false);
        return devices;
    }

    public async ValueTask<bool> RevokeAsync(UserId user, SessionHandle session, CancellationToken cancellationToken = default)
    {
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        return (await EndAsync(tag, session, cancellationToken).ConfigureAwait(false)).WasListed;
    }

    public async ValueTask<int> RevokeAllAsync(UserId user, CancellationToken cancellationToken = default)
    {
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        var index = _keys.Index(tag);
        var key = _keys.User(tag);
        var replies = await _redis.SendAsync(
            new RedisTransaction().Add("HINCRBY", key, "g", 1).Add("PEXPIRE", key, IndexLife).Add("ZRANGE", index, 0, -1).Add("DEL", index),
            cancellationToken).ConfigureAwait(false);
        await ForgetEvictedAsync(tag, replies, cancellationToken).ConfigureAwait(false);
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

    private async ValueTask PruneAsync(RedisKey index, SessionHandle[] expired, CancellationToken cancellationToken)
    {
        var transaction = new RedisTransaction();
        AddRemoval(transaction, index, expired);
        await _redis.SendAsync(transaction, cancellationToken).ConfigureAwait(false);
    }
}
