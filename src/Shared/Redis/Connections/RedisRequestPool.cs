using System.Collections.Concurrent;

namespace ShopSession.Redis.Connections;

/// <summary>Requests of one client that wait for their next use. Safe for concurrent use.</summary>
internal sealed class RedisRequestPool
{
    private const int MaxPooled = 1024;
    private readonly ConcurrentQueue<RedisRequest> _requests = new();

    /// <summary>Makes a request; the caller holds it until its result has been taken.</summary>
    public RedisRequest Rent(in RedisPayload payload, long deadline, IRedisRequestOwner? owner = null)
    {
        var request = Take();
        request.Begin(payload, deadline, owner);
        return request;
    }

    /// <summary>Makes a request of a command that exists only within it.</summary>
    public RedisRequest Rent(string name, ReadOnlySpan<RedisArgument> arguments, long deadline, IRedisRequestOwner owner)
    {
        var request = Take();
        request.Begin(name, arguments, deadline, owner);
        return request;
    }

    /// <summary>Takes back a request that nobody holds any more.</summary>
    public void Return(RedisRequest request)
    {
        if (_requests.Count < MaxPooled) _requests.Enqueue(request);
    }

    private RedisRequest Take() => _requests.TryDequeue(out var request) ? request : new RedisRequest(this);
}
