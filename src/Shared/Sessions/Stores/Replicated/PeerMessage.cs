using System.Buffers.Binary;

namespace ShopSession.Sessions.Stores.Replicated;

/// <summary>What replicas say to one another: one byte for the kind, then its content.</summary>
internal static class PeerMessage
{
    /// <summary>Dialer: send me everything, or (8 bytes, milliseconds) what changed within the last so long; and then every change.</summary>
    public const byte Subscribe = 1;

    /// <summary>Acceptor: one byte, whether I hold all sessions myself.</summary>
    public const byte Welcome = 2;

    /// <summary>Acceptor: changes, each with its length (4 bytes) before it.</summary>
    public const byte Changes = 3;

    /// <summary>Acceptor: the copy is complete.</summary>
    public const byte Copied = 4;

    public static byte[] SubscribeTo(TimeSpan? recent)
    {
        if (recent is not { } limit) return [Subscribe];
        var message = new byte[9];
        message[0] = Subscribe;
        BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(1), (long)limit.TotalMilliseconds);
        return message;
    }

    public static TimeSpan? RecentOf(byte[] subscribe) =>
        subscribe.Length == 9 ? TimeSpan.FromMilliseconds(Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(subscribe.AsSpan(1)), 0, (long)TimeSpan.FromDays(400).TotalMilliseconds)) : null;

    public static IEnumerable<byte[]> ChangesIn(byte[] message)
    {
        for (var at = 1; at < message.Length;)
        {
            var length = at + 4 <= message.Length ? BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(at)) : -1;
            at += 4;
            if (length < 0 || at + length > message.Length) throw new InvalidDataException("A batch of changes of a peer is cut off.");
            yield return message[at..(at + length)];
            at += length;
        }
    }
}
