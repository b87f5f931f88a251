namespace ShopSession.Gateway.Balancing.Hashing;

/// <summary>Turns a key into an order of a service's replicas: the first is the key's home, the next takes over while the home is down.</summary>
internal interface IReplicaOrder
{
    /// <summary>The place in <paramref name="replicas"/> of the key's choice number <paramref name="rank"/> (0: its home).</summary>
    /// <param name="key">What the request is told apart by.</param>
    /// <param name="replicas">All configured replicas' names, in the order of their numbers; at least one.</param>
    /// <param name="rank">Below the number of replicas. Every replica has exactly one rank.</param>
    int At(ReadOnlySpan<char> key, IReadOnlyList<string> replicas, int rank);
}
