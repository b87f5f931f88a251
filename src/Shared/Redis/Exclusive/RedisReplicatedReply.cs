namespace ShopSession.Redis;

/// <summary>What came of a write that was to be on replicas too.</summary>
/// <param name="Replies">The replies of the transaction's commands.</param>
/// <param name="Replicas">How many replicas had confirmed it in time.</param>
public sealed record RedisReplicatedReply(IReadOnlyList<RedisReply> Replies, int Replicas);
