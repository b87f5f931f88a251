using ShopSession.Redis;

namespace ShopSession.Sessions.Stores.Redis;

// The user's index: the limit, and taking out what ended or expired.
internal sealed partial class RedisSessionStore
{
    private long IndexLife => (long)(Longest(_options.AbsoluteTimeout, _options.RememberMeTimeout) + TimeSpan.FromDays(1)).TotalMilliseconds;

    private static TimeSpan Longest(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static long Generation(RedisReply reply) => reply.IsNull ? 0 : reply.AsInt64();

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

    /// <summary>Those whose record has expired. A handle is never used again, so none of them can come back.</summary>
    private async Task<SessionHandle[]> ExpiredAsync(string tag, SessionHandle[] members, CancellationToken cancellationToken)
    {
        if (members.Length == 0) return [];
        var question = new RedisPipeline();
        foreach (var member in members) question.Add("EXISTS", _keys.Record(tag, member));
        var replies = await _redis.SendAsync(question, cancellationToken).ConfigureAwait(false);
        return [.. members.Where((_, i) => replies[i].ThrowIfError().AsInt64() == 0)];
    }

    private static void AddRemoval(RedisTransaction transaction, RedisKey index, SessionHandle[] members)
    {
        if (members.Length == 0) return;
        RedisArgument[] arguments = [index, .. members.Select(member => (RedisArgument)member.Value)];
        transaction.Add("ZREM", arguments);
    }

    private static SessionHandle[] Handles(RedisReply members) => [.. members.ThrowIfError().Items.Select(item => new SessionHandle(item.AsString()!))];
}
