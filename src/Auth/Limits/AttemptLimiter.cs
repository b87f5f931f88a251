using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ShopSession.Redis;
using ShopSession.Sessions;

namespace ShopSession.Auth.Limits;

/// <summary>
/// Counts attempts exactly, however many run at once on however many replicas: a place is taken <em>before</em> the password is looked at, so there
/// is no moment in which two attempts both see room for one. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A counter is a sorted set by time: a member per attempt that failed (<c>f:</c>) or is still under way (<c>a:</c>). Taking a place is add and count in one
/// transaction; it holds when the count is within the limit. When places are taken only by attempts under way, it waits for their outcome.
/// Plain commands only, so that every store which speaks the protocol serves.
/// </remarks>
internal sealed class AttemptLimiter(IRedisClient redis, TimeProvider time)
{
    private static readonly TimeSpan WaitForOthers = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes a place in each counter; all or none.</summary>
    /// <exception cref="TooManyAttemptsException">One of them is full.</exception>
    /// <exception cref="SessionStoreUnavailableException">The store cannot be asked: nothing may be attempted.</exception>
    public async Task<Attempt> BeginAsync(IReadOnlyList<AttemptCounter> counters, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));
        var taken = new List<Place>(counters.Count);
        try
        {
            foreach (var counter in counters)
            {
                var place = new Place(KeyOf(counter), id, counter.Limit);
                if (await WaitForPlaceAsync(place, cancellationToken) is { } wait) throw new TooManyAttemptsException(counter.Limit, wait);
                taken.Add(place);
            }

            return new Attempt(this, taken);
        }
        catch
        {
            // Not with the request's token: an attempt that never was must not count because its sender left.
            foreach (var place in taken) await ReleaseAsync(place, CancellationToken.None);
            throw;
        }
    }

    internal Task ReleaseAsync(Place place, CancellationToken cancellationToken) =>
        AskAsync(new RedisTransaction().Add("ZREM", place.Key, place.Pending), cancellationToken);

    internal Task FailAsync(Place place, CancellationToken cancellationToken) =>
        AskAsync(new RedisTransaction().Add("ZREM", place.Key, place.Pending).Add("ZADD", place.Key, Now, place.Failed).Add("PEXPIRE", place.Key, (long)place.Limit.Window.TotalMilliseconds), cancellationToken);

    internal async Task SucceedAsync(Place place, CancellationToken cancellationToken)
    {
        if (!place.Limit.ClearedBySuccess)
        {
            await ReleaseAsync(place, cancellationToken);
            return;
        }

        // Only failures already noted are forgotten: attempts under way keep their places.
        var members = (await AskAsync(new RedisTransaction().Add("ZREM", place.Key, place.Pending).Add("ZRANGE", place.Key, 0, -1), cancellationToken))[1];
        var forget = new RedisTransaction();
        foreach (var failed in members.Items.Select(item => item.AsString()!).Where(Place.IsFailed)) forget.Add("ZREM", place.Key, failed);
        if (forget.Commands.Count > 0) await AskAsync(forget, cancellationToken);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary><see langword="null"/>: the place is taken. Else how long to wait before there can be one.</summary>
    private async Task<TimeSpan?> WaitForPlaceAsync(Place place, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!await TryTakeAsync(place, cancellationToken))
        {
            var oldest = (await AskAsync(new RedisTransaction().Add("ZREM", place.Key, place.Pending).Add("ZRANGE", place.Key, 0, place.Limit.Attempts - 1, "WITHSCORES"), CancellationToken.None))[1];
            var entries = Entries(oldest).ToList();
            var allFailed = entries.Count >= place.Limit.Attempts && entries.TrueForAll(entry => Place.IsFailed(entry.Member));
            if (allFailed || time.GetElapsedTime(started) > WaitForOthers) return UntilFree(entries, place.Limit);
            await Task.Delay(Retry, time, cancellationToken);
        }

        return null;
    }

    private async Task<bool> TryTakeAsync(Place place, CancellationToken cancellationToken)
    {
        var now = Now;
        var window = (long)place.Limit.Window.TotalMilliseconds;
        var replies = await AskAsync(new RedisTransaction()
            .Add("ZREMRANGEBYSCORE", place.Key, "-inf", now - window)
            .Add("ZADD", place.Key, now, place.Pending)
            .Add("ZCARD", place.Key)
            .Add("PEXPIRE", place.Key, window), cancellationToken);
        return replies[2].AsInt64() <= place.Limit.Attempts;
    }

    private TimeSpan UntilFree(List<(string Member, double Score)> entries, AttemptLimit limit)
    {
        if (entries.Count == 0) return TimeSpan.FromSeconds(1);
        var wait = TimeSpan.FromMilliseconds(entries[0].Score - Now) + limit.Window;
        return wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait;
    }

    private static IEnumerable<(string Member, double Score)> Entries(RedisReply reply)
    {
        // RESP3 pairs each member with its score; RESP2 sends them one after the other.
        if (reply.Items.Count > 0 && reply.Items[0].Type == RedisReplyType.Array) return reply.Items.Select(pair => (pair.Items[0].AsString()!, Score(pair.Items[1])));
        return reply.Items.Chunk(2).Select(pair => (pair[0].AsString()!, Score(pair[1])));
    }

    private static double Score(RedisReply reply) => double.Parse(reply.AsString()!, CultureInfo.InvariantCulture);

    private static RedisKey KeyOf(AttemptCounter counter) =>
        $"shop:attempts:{counter.Limit.Name}:{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(counter.Subject)).AsSpan(0, 16))}";

    private async Task<RedisReply[]> AskAsync(RedisTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            var replies = await redis.ExecuteAsync(transaction, cancellationToken);
            foreach (var reply in replies) reply.ThrowIfError();
            return replies;
        }
        catch (RedisException error)
        {
            // Who cannot count must not let anyone try.
            throw new SessionStoreUnavailableException("Attempts cannot be counted just now, so none is allowed.", error);
        }
    }
}
