namespace ShopSession.Redis.Embedded.Keyspace;

/// <summary>A value of a key. It knows its size and reports every change of it to the meter of the keyspace that it belongs to.</summary>
internal abstract class RedisValue(int initialSize)
{
    private MemoryMeter? _meter;

    /// <summary>The type's name as TYPE replies it.</summary>
    public abstract string TypeName { get; }

    /// <summary>The name of a plausible internal encoding, as OBJECT ENCODING replies it.</summary>
    public abstract string Encoding { get; }

    /// <summary>Whether nothing is left in it. An empty collection does not exist: its key goes.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>The value's size in bytes.</summary>
    public long Size { get; private set; } = initialSize;

    public abstract RedisValue Copy();

    public void Attach(MemoryMeter meter)
    {
        _meter = meter;
        meter.Add(Size);
    }

    public void Detach()
    {
        _meter?.Add(-Size);
        _meter = null;
    }

    protected void Resize(long delta)
    {
        Size += delta;
        _meter?.Add(delta);
    }
}
