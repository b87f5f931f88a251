using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Keyspace;

/// <summary>A string. Appending grows its buffer by half more than is needed, as far as there is memory, so that many small appends stay cheap.</summary>
internal sealed class StringValue : RedisValue
{
    private byte[] _buffer;
    private int _length;
    private readonly bool _isText;
    private bool _wasModified;

    /// <summary>Takes <paramref name="bytes"/> over; the caller must not change them afterwards.</summary>
    public StringValue(byte[] bytes, bool isText = false)
        : base(48)
    {
        _buffer = bytes;
        _isText = isText;
        _length = bytes.Length;
        Resize(MemoryMeter.ArrayOverhead + bytes.Length);
    }

    public override string TypeName => "string";

    public override string Encoding => _wasModified || _length > 44 ? "raw" : !_isText && Numbers.TryParseInt64(Span, out _) ? "int" : "embstr";

    public override bool IsEmpty => false;

    public int Length => _length;

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    public byte[] ToArray() => Span.ToArray();

    public override RedisValue Copy() => new StringValue(ToArray(), _isText) { _wasModified = _wasModified };

    public void Append(ReadOnlySpan<byte> bytes, long spareMemory) => Write(_length, bytes, spareMemory);

    /// <summary>Overwrites from <paramref name="offset"/>; a gap before it is filled with zeros.</summary>
    public void Write(int offset, ReadOnlySpan<byte> bytes, long spareMemory)
    {
        var end = offset + bytes.Length;
        if (end > _buffer.Length)
        {
            var ahead = Math.Clamp(spareMemory - (end - _buffer.Length), 0, end / 2);
            var grown = new byte[(int)Math.Min(end + ahead, Array.MaxLength)];
            Span.CopyTo(grown);
            Resize(grown.Length - _buffer.Length);
            _buffer = grown;
        }

        bytes.CopyTo(_buffer.AsSpan(offset));
        _length = Math.Max(_length, end);
        _wasModified = true;
    }
}
