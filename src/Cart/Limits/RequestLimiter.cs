using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using ShopSession.Redis;

namespace ShopSession.Cart.Limits;

/// <summary>
/// Counts requests per session and per address in fixed windows of the clock, exactly over all replicas: one round trip, whose INCR both
/// counts and asks. Around the turn of a window twice the limit may pass, which is enough against floods. Safe for concurrent use.
/// </summary>
internal sealed class RequestLimiter(IRedisClient redis, IOptions<RequestLimitOptions> options, TimeProvider time)
{
    /// <summary>Counts a request; <see langword="null"/> when it may go on.</summary>
    /// <param name="kind">What is counted.</param>
    /// <param name="session">The session's name, null when there is none yet.</param>
    /// <param name="address">The client's address.</param>
    /// <param name="cancellationToken">Stops waiting; the request may be counted all the same.</param>
    /// <exception cref="RedisException">It cannot be counted, so it must not go on.</exception>
    public async Task<LimitReached?> CountAsync(LimitedRequest kind, string? session, string address, CancellationToken cancellationToken)
    {
        var (perSession, perAddress) = options.Value.Of(kind);
        var length = options.Value.Window.Ticks;
        var now = time.GetUtcNow().UtcTicks;
        var window = now / length;
        var pipeline = new RedisPipeline();
        List<int> limits = [];
        Add(perAddress, "address:" + address);
        if (perSession is { } limit && session is not null) Add(limit, "session:" + session);

        var replies = await redis.ExecuteAsync(pipeline, cancellationToken);
        for (var i = 0; i < limits.Count; i++)
        {
            if (replies[2 * i].ThrowIfError().AsInt64() > limits[i]) return new LimitReached(limits[i], TimeSpan.FromTicks(((window + 1) * length) - now));
        }
        return null;

        void Add(int most, string subject)
        {
            var key = KeyOf(kind, subject, window);
            // Kept for the window and one more: clocks of replicas differ a little.
            pipeline.Add("INCR", key).Add("PEXPIRE", key, 2 * length / TimeSpan.TicksPerMillisecond);
            limits.Add(most);
        }
    }

    private static RedisKey KeyOf(LimitedRequest kind, string subject, long window) => string.Create(
        CultureInfo.InvariantCulture,
        $"shop:limit:{kind}:{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(subject)).AsSpan(0, 16))}:{window}");
}

/// <summary>A limit is reached.</summary>
/// <param name="Limit">How many requests are taken in a window.</param>
/// <param name="RetryAfter">When the next window begins.</param>
internal sealed record LimitReached(int Limit, TimeSpan RetryAfter);
