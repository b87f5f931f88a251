namespace ShopSession.Redis;

/// <summary>Settings of <see cref="RedisDistributedCache"/>.</summary>
public sealed class RedisDistributedCacheOptions
{
    /// <summary>Put in front of every key, so that several applications can share a server.</summary>
    public string InstanceName { get; set; } = "";
}
