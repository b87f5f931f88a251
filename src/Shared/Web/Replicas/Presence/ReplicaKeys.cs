using Microsoft.Extensions.Options;
using ShopSession.Redis;
using ShopSession.Sessions;

namespace ShopSession.Web.Replicas.Presence;

/// <summary>Where reports lie in the store. The braces put all of them on one slot of a cluster, so that they are read together.</summary>
internal sealed class ReplicaKeys(IOptions<SharedSessionOptions> options)
{
    private readonly string _prefix = $"{options.Value.KeyPrefix}{{shop-replicas}}";

    /// <summary>The set of the replicas that may be there.</summary>
    public RedisKey Names => _prefix;

    /// <summary>The report of one of them; ends by itself when its replica no longer renews it.</summary>
    public RedisKey Report(string replica) => $"{_prefix}:{replica}";
}
