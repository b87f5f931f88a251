namespace ShopSession.Gateway.Balancing.Hashing;

/// <summary>
/// Highest random weight (Thaler and Ravishankar, 1998): each replica draws a weight of the key and its own name, the highest wins. A new replica takes
/// 1/(N+1) of the keys, evenly from all others; the keys of a dead one spread over all that are left. Costs one hash per replica.
/// </summary>
internal sealed class RendezvousOrder : IReplicaOrder
{
    public static readonly RendezvousOrder Instance = new();

    public int At(ReadOnlySpan<char> key, IReadOnlyList<string> replicas, int rank)
    {
        var place = HashSpace.Place(key);
        Span<(ulong Weight, int Index)> weights = replicas.Count <= 32 ? stackalloc (ulong, int)[replicas.Count] : new (ulong, int)[replicas.Count];
        for (var i = 0; i < weights.Length; i++) weights[i] = (HashSpace.Place(replicas[i], place), i);
        // Equal weights (once in 2^64) fall back to the number, so that every gateway still agrees.
        weights.Sort(static (one, other) => one.Weight != other.Weight ? other.Weight.CompareTo(one.Weight) : one.Index.CompareTo(other.Index));
        return weights[rank].Index;
    }
}
