namespace ShopSession.Redis.Embedded.Keyspace;

/// <summary>Adds up what keys and values take. Sizes are estimates of what the runtime allocates, on the high side.</summary>
internal sealed class MemoryMeter
{
    /// <summary>What an array costs beyond its bytes: header, length and padding.</summary>
    public const int ArrayOverhead = 32;

    /// <summary>A slot of a hash table with its bucket, at the usual fill.</summary>
    public const int SlotOverhead = 48;

    /// <summary>A key of the keyspace: its entry, its slot and its place in the queue of expiries.</summary>
    public const int KeyOverhead = 56 + SlotOverhead + 16;

    public long Used { get; private set; }

    public long Peak { get; private set; }

    public void Add(long delta)
    {
        Used += delta;
        if (Used > Peak) Peak = Used;
    }
}
