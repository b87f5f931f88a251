using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>
/// Collects what one command or transaction does, so that it becomes one record: after a crash all of it is there or nothing of it.
/// Arguments are copied at once, because a later command of the same transaction may change a value in place.
/// </summary>
internal sealed class EffectBuffer(int limit = int.MaxValue - 64)
{
    /// <summary>What one command may do at most, with some room for what belongs to it.</summary>
    public const long Largest = int.MaxValue - (64L * 1024 * 1024);

    private readonly ByteBuffer _content = new(4 * 1024, limit);

    /// <summary>Off while the log is replayed and when nothing is kept.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>Whether to note which keys were touched, as a rewrite of the log needs to know.</summary>
    public bool NotesKeys { get; set; }

    public ReadOnlySpan<byte> Content => _content.Span;

    public List<(int Database, byte[] Key)> Touched { get; } = [];

    /// <summary>Databases that were emptied.</summary>
    public List<int> Flushed { get; } = [];

    public void Add(int database, ReadOnlySpan<byte[]> command)
    {
        if (IsEnabled) EffectEncoder.Write(_content, database, command);
    }

    public void Touch(int database, byte[] key)
    {
        if (NotesKeys) Touched.Add((database, key));
    }

    public void Flush(int database)
    {
        if (NotesKeys) Flushed.Add(database);
    }

    /// <summary>Hands over what was collected as one record.</summary>
    /// <exception cref="StoreDataException">It is larger than a record can be. A part of it must not pass for the whole.</exception>
    public void Seal(IPersistence persistence)
    {
        if (_content.Overflowed) throw new StoreDataException("A command or transaction did more than fits into a record of the log (2 GB); the store ends rather than keep a part of it.");
        if (_content.Length > 0) persistence.Append(this);
        if (_content.Length > 1024 * 1024) System.Buffers.ArrayPool<byte>.Shared.Return(_content.Detach().Array!);
        _content.Truncate(0);
        Touched.Clear();
        Flushed.Clear();
    }
}
