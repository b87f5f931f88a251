using ShopSession.Redis;

namespace ShopSession.Cart.Carts;

/// <summary>
/// Carts in Redis, one hash each. Changes are optimistic transactions (WATCH, read, MULTI … EXEC), so every limit is exact; the
/// changes that this process makes to one cart queue up first, so that only replicas compete and nobody starves.
/// </summary>
internal sealed partial class RedisCartStore(IRedisClient redis, TimeProvider time, ILogger<RedisCartStore> logger) : ICartStore
{
    private const int Attempts = 64;
    private readonly CartQueues _queues = new();

    public async Task<CartState> ReadAsync(CartId cart, CancellationToken cancellationToken)
    {
        var replies = await redis.ExecuteAsync(new RedisPipeline().Add("HGETALL", cart.Key).Add("TTL", cart.Key), cancellationToken);
        var state = Parse(cart, replies[0].ThrowIfError());
        var left = TimeSpan.FromSeconds(replies[1].ThrowIfError().AsInt64());
        var lifetime = CartLimits.Lifetime(cart, state);
        if (state is { Version: > 0, Moved: null } && left < lifetime - TimeSpan.FromDays(1))
        {
            await redis.ExecuteAsync(new RedisCommand("EXPIRE", cart.Key, (long)lifetime.TotalSeconds), cancellationToken);
        }
        return state;
    }

    public async Task<CartCount> CountAsync(CartId cart, CancellationToken cancellationToken)
    {
        var fields = (await redis.ExecuteAsync(new RedisCommand("HMGET", cart.Key, CartHash.Count, CartHash.Moved), cancellationToken)).Items;
        return new CartCount(fields[0].IsNull ? 0 : (int)fields[0].AsInt64(), CartHash.ReadMove(fields[1].AsString()));
    }

    public async Task DeleteAsync(CartId cart, CancellationToken cancellationToken) =>
        await redis.ExecuteAsync(new RedisCommand("DEL", cart.Key), cancellationToken);

    public async Task<CartState> ChangeAsync(
        CartId cart, CartOperation operation, Func<CartState, CartState> change, CancellationToken cancellationToken)
    {
        using var turn = await _queues.EnterAsync(cart, cancellationToken);
        CartState? doubtful = null;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            await using var watch = await redis.WatchAsync([cart.Key], cancellationToken);
            var before = Parse(cart, await watch.ExecuteAsync(new RedisCommand("HGETALL", cart.Key), cancellationToken));
            if (before.Operations.Contains(operation.Id)) return before;
            if (doubtful is not null && before.Version - doubtful.Version > CartLimits.MaxOperations)
                throw new RedisOutcomeUnknownException("The cart changed too often to tell whether this change was stored.");

            var wanted = change(before);
            if (CartHash.Difference(cart.Key, before, wanted) is not { } transaction) return before;
            var after = CartHash.Next(before, wanted, operation.Id, time.GetUtcNow());
            CartHash.Stamp(transaction, cart.Key, before, after, CartLimits.Lifetime(cart, after));
            try
            {
                if (await watch.CommitAsync(transaction, cancellationToken) is { } replies)
                {
                    foreach (var reply in replies) reply.ThrowIfError();
                    return after;
                }
            }
            catch (RedisOutcomeUnknownException exception) when (doubtful is null)
            {
                // Sent, but no answer came. The cart remembers its last changes: the next look tells whether this one was stored.
                LogOutcomeUnknown(exception, cart.IsGuest);
                doubtful = before;
            }
            if (attempt > 3) await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 4 * attempt)), time, cancellationToken);
        }
        throw new CartBusyException();
    }

    private CartState Parse(CartId cart, RedisReply reply)
    {
        var state = CartHash.Read(reply.Items, out var unreadable);
        if (unreadable > 0) LogUnreadable(unreadable, cart.IsGuest);
        return state;
    }

    [LoggerMessage(2001, LogLevel.Warning, "A cart has {Fields} fields that cannot be read; they were left out (guest: {Guest}).")]
    private partial void LogUnreadable(int fields, bool guest);

    [LoggerMessage(2002, LogLevel.Warning, "No answer to a cart change; looking whether it was stored (guest: {Guest}).")]
    private partial void LogOutcomeUnknown(Exception exception, bool guest);
}
