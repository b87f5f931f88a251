namespace ShopSession.Redis.Connections;

/// <summary>What a request without a sender of its own needs from its client.</summary>
internal interface IRedisRequestOwner
{
    /// <summary>
    /// Takes over requests that were certainly not executed, to queue them in the order of their calls at whatever connection comes next. They hold their bytes, and a hold of
    /// each goes with them. Must be quick and must not throw.
    /// </summary>
    void SendAgain(IReadOnlyList<RedisRequest> requests);

    /// <summary>Called once with the outcome, before the caller goes on, and under no lock. Must be quick and must not throw.</summary>
    void Ended(in RedisPayload payload, long queuedAt, in RedisReply reply, Exception? failure);
}
