namespace ShopSession.Gateway.Balancing.Hashing;

/// <summary>
/// One hash for every gateway, today's and tomorrow's: unlike <see cref="string.GetHashCode()"/> it has no per-process seed, so two gateways, and one
/// before and after a restart, send the same key to the same replica. It hides nothing and need not: a client may know its replica.
/// FNV-1a (Fowler, Noll, Vo) over the UTF-16 units' bytes, then the finalizer of SplitMix64 (Steele, Lea, Flood, 2014; Stafford's variant 13),
/// without which names that differ in their last letter only would lie side by side.
/// </summary>
internal static class HashSpace
{
    /// <summary>Where a text lies among 2^64 places; <paramref name="seed"/> gives a different, independent place.</summary>
    public static ulong Place(ReadOnlySpan<char> text, ulong seed = 0) => Finish(Fnv1a(text) ^ seed);

    internal static ulong Fnv1a(ReadOnlySpan<char> text)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var letter in text)
        {
            hash = (hash ^ (byte)letter) * 0x100000001B3UL;
            // Keys are ASCII; the high byte is there for whatever else a header may bring.
            if (letter > byte.MaxValue) hash = (hash ^ (byte)(letter >> 8)) * 0x100000001B3UL;
        }
        return hash;
    }

    private static ulong Finish(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
