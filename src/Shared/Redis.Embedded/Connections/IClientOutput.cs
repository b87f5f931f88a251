using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Connections;

/// <summary>Where the bytes for a client go. Appending never waits.</summary>
internal interface IClientOutput
{
    /// <summary>Bytes that have not been sent yet.</summary>
    long Pending { get; }

    /// <summary>Takes the buffer's content; the buffer is empty or unchanged afterwards.</summary>
    void Append(ByteBuffer buffer);

    void Append(ReadOnlySpan<byte> bytes);
}
