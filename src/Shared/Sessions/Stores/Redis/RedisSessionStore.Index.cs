using System.Globalization;
using ShopSession.Redis;
using ShopSession.Sessions.Sealing;
using ShopSession.Sessions.Timeline;

namespace ShopSession.Sessions.Stores.Redis;

// The user's index: the limit, and taking out what ended or expired.
internal sealed partial class RedisSessionStore
{
    private long IndexLife => IndexLifeOf(_options);

    private static long IndexLifeOf(SharedSessionOptions options) =>
        (long)(Longest(options.AbsoluteTimeout, options.RememberMeTimeout) + TimeSpan.FromDays(1)).TotalMilliseconds;

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
    private async ValueTask ForgetEvictedAsync(
        string tag, UserSeal seal, RedisReply[] replies, SessionActor by, CancellationToken cancellationToken, SessionHandle[]? keep = null)
    {
        var evicted = replies
            .Where(reply => reply.Type == RedisReplyType.Array)
            .SelectMany(reply => reply.Items)
            .Select(item => new SessionHandle(item.AsString()!))
            .Where(handle => keep?.Contains(handle) != true)
            .ToArray();
        if (evicted.Length == 0) return;
        RedisArgument[] keys = [.. evicted.Select(handle => (RedisArgument)_keys.Record(tag, handle))];
        var now = _clock.GetUtcNow();
        var pipeline = new RedisPipeline().Add("UNLINK", keys);
        foreach (var handle in evicted) pipeline.Add("PUBLISH", _keys.EndingsChannel, Ending(handle, now));
        _timeline.Add(pipeline, seal, tag, evicted.Select(handle => TimelineEntry.Revoked(now, handle, by)));
        await _redis.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        foreach (var handle in evicted) _report.Revoked(handle, by);
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

    /// <returns>Where the reply will stand that tells how many were taken out here and not by another replica; <see langword="null"/> when there are none.</returns>
    private int? AddExpired(RedisTransaction transaction, UserSeal seal, string tag, SessionHandle[] expired, DateTimeOffset now)
    {
        if (expired.Length == 0) return null;
        RedisArgument[] arguments = [_keys.Index(tag), .. expired.Select(member => (RedisArgument)member.Value)];
        transaction.Add("ZREM", arguments);
        var reply = transaction.Commands.Count - 1;
        _timeline.Add(transaction, seal, tag, expired.Select(member => TimelineEntry.Expired(now, member)));
        return reply;
    }

    private static string Ending(SessionHandle handle, DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"{handle.Value}:{now.ToUnixTimeMilliseconds()}");

    private async ValueTask<UserSeal> SealAsync(string tag, CancellationToken cancellationToken) =>
        new(await _tagKey.GetAsync(cancellationToken).ConfigureAwait(false), tag);

    private static SessionHandle[] Handles(RedisReply members) => [.. members.ThrowIfError().Items.Select(item => new SessionHandle(item.AsString()!))];
}
