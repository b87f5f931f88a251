using System.Buffers;
using System.Buffers.Binary;

namespace ShopSession.Sessions.Stores.Replicated;

/// <summary>Gathers changes into messages of about 64 KB.</summary>
internal sealed class ChangeBatch
{
    private const int Target = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    public bool IsEmpty => _buffer.WrittenCount == 0;

    public bool IsFull => _buffer.WrittenCount >= Target;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Message => _buffer.WrittenSpan;

    public void Add(byte[] change)
    {
        if (IsEmpty) _buffer.Write([PeerMessage.Changes]);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(4), change.Length);
        _buffer.Advance(4);
        _buffer.Write(change);
        Count++;
    }

    public void Clear()
    {
        _buffer.ResetWrittenCount();
        Count = 0;
    }
}
