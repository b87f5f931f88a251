namespace ShopSession.Redis.Embedded.Keyspace;

/// <summary>One numbered database. Holds keys and expiries and counts their memory; says nothing to anyone about changes.</summary>
internal sealed class Database(int index, MemoryMeter meter)
{
    public int Index { get; } = index;

    public ByteTable<KeyEntry> Keys { get; } = new();

    public ExpiryQueue Expiries { get; } = new();

    public KeyEntry? Find(ReadOnlySpan<byte> key) => Keys.TryGet(key, out var entry) ? entry : null;

    /// <summary>Adds or replaces a key. An expiry that it had is gone.</summary>
    public KeyEntry Set(byte[] key, RedisValue value)
    {
        if (Keys.TryGet(key, out var entry))
        {
            entry.Value.Detach();
            entry.Value = value;
            SetExpiry(entry, KeyEntry.Never);
        }
        else
        {
            entry = new KeyEntry(key, value);
            Keys.Set(key, entry);
            meter.Add(Overhead(key));
        }

        value.Attach(meter);
        return entry;
    }

    public bool Remove(ReadOnlySpan<byte> key)
    {
        if (!Keys.Remove(key, out var entry)) return false;
        Expiries.Remove(entry);
        entry.Value.Detach();
        meter.Add(-Overhead(entry.Key));
        return true;
    }

    public void SetExpiry(KeyEntry entry, long expiresAt)
    {
        entry.ExpiresAt = expiresAt;
        Expiries.Update(entry);
    }

    public void Clear()
    {
        foreach (var (key, entry) in Keys.Entries())
        {
            entry.Value.Detach();
            meter.Add(-Overhead(key));
        }

        Keys.Clear();
        Expiries.Clear();
    }

    private static long Overhead(byte[] key) => MemoryMeter.KeyOverhead + MemoryMeter.ArrayOverhead + key.Length;
}
