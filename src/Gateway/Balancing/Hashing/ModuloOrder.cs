namespace ShopSession.Gateway.Balancing.Hashing;

/// <summary>
/// The hash modulo the number of replicas; the following ones stand in. Simple, and what "ip_hash" means in most balancers, but a replica more or less
/// moves about (N-1)/N of all keys, and all keys of a dead replica go to its one neighbour.
/// </summary>
internal sealed class ModuloOrder : IReplicaOrder
{
    public static readonly ModuloOrder Instance = new();

    public int At(ReadOnlySpan<char> key, IReadOnlyList<string> replicas, int rank) =>
        ((int)(HashSpace.Place(key) % (ulong)replicas.Count) + rank) % replicas.Count;
}
