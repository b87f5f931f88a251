using ShopSession.Redis;

namespace ShopSession.Sessions.Stores.Redis;

internal sealed partial class RedisSessionStore : ISessionDirectory
{
    public async ValueTask<IReadOnlyList<SessionDevice>> ListAsync(UserId user, CancellationToken cancellationToken = default)
    {
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        await PruneAsync(tag, cancellationToken).ConfigureAwait(false);
        var handles = await HandlesAsync(tag, cancellationToken).ConfigureAwait(false);
        if (handles.Length == 0) return [];

        var question = new RedisPipeline();
        foreach (var handle in handles) question.Add("HMGET", _keys.Record(tag, handle), SessionFields.Birth, SessionFields.LastSeen, SessionFields.Device);
        var replies = await _redis.SendAsync(question, cancellationToken).ConfigureAwait(false);
        var devices = new List<SessionDevice>(handles.Length);
        for (var i = 0; i < handles.Length; i++)
        {
            var fields = replies[i].ThrowIfError().Items;
            if (SessionBirth.FromBytes(fields[0].AsBytes().Span) is not { } birth) continue;
            var lastSeen = fields[1].IsNull ? birth.CreatedAt : DateTimeOffset.FromUnixTimeSeconds(fields[1].AsInt64());
            var expires = lastSeen + birth.IdleTimeout < birth.AbsoluteEnd ? lastSeen + birth.IdleTimeout : birth.AbsoluteEnd;
            var (agent, address) = fields[2].IsNull ? ("", "") : _devices.Unprotect(fields[2].AsBytes());
            devices.Add(new SessionDevice(handles[i], birth.CreatedAt, lastSeen, expires, agent, address));
        }

        return devices;
    }

    public async ValueTask<bool> RevokeAsync(UserId user, SessionHandle session, CancellationToken cancellationToken = default)
    {
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        return await EndAsync(tag, session, cancellationToken).ConfigureAwait(false);
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

    private async ValueTask<SessionHandle[]> HandlesAsync(string tag, CancellationToken cancellationToken)
    {
        var replies = await _redis.SendAsync(new RedisPipeline().Add("ZREVRANGE", _keys.Index(tag), 0, -1), cancellationToken).ConfigureAwait(false);
        return [.. replies[0].ThrowIfError().Items.Select(item => new SessionHandle(item.AsString()!))];
    }
}
