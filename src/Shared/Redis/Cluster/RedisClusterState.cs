namespace ShopSession.Redis.Cluster;

/// <summary>Whether a node takes part in its cluster: one that is cut off answers PING all the same, and knows nothing of what happens at the others.</summary>
internal static class RedisClusterState
{
    public static RedisCommand Question { get; } = new("CLUSTER", "INFO");

    public static bool IsServing(in RedisReply answer) => !answer.IsError && !IsCutOff(answer);

    /// <summary>Whether it says that it is cut off; one that refuses to say may be so or not.</summary>
    public static bool IsCutOff(in RedisReply answer) => !answer.IsError && !answer.AsString()!.Contains("cluster_state:ok", StringComparison.Ordinal);
}
