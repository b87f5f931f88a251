namespace ShopSession.Redis.Embedded.Keyspace;

/// <summary>A key with its value and when it ends.</summary>
internal sealed class KeyEntry(byte[] key, RedisValue value)
{
    /// <summary>The value of <see cref="ExpiresAt"/> for a key that does not expire.</summary>
    public const long Never = -1;

    public byte[] Key { get; } = key;

    public RedisValue Value { get; set; } = value;

    /// <summary>Unix time in milliseconds, or <see cref="Never"/>.</summary>
    public long ExpiresAt { get; set; } = Never;

    /// <summary>The entry's place in the queue of expiries; -1 when it is not in it.</summary>
    public int QueueIndex { get; set; } = -1;

    /// <summary>The number of the rewrite of the log that has written this entry already.</summary>
    public int WrittenInRewrite { get; set; }
}
