using System.Text;
using Microsoft.AspNetCore.Authentication;
using ShopSession.Sessions.Stores.Memory;

namespace ShopSession.Sessions.Stores.Replicated;

/// <summary>Reads what <see cref="ChangeWriter"/> wrote. What makes no sense is an <see cref="InvalidDataException"/>: the peer runs something else.</summary>
internal static class ChangeReader
{
    public static MemoryChange Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        try
        {
            return reader.ReadByte() switch
            {
                ChangeWriter.Session => ReadSession(reader),
                ChangeWriter.End => new EndChange(new SessionHandle(reader.ReadString()), ReadTime(reader)),
                ChangeWriter.Generation => new GenerationChange(reader.ReadString(), reader.ReadInt64()),
                var kind => throw new InvalidDataException($"A change of the unknown kind {kind} came from a peer. Do all replicas run the same release?"),
            };
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException or ArgumentException or IOException)
        {
            throw new InvalidDataException("A change that came from a peer cannot be read. Do all replicas run the same release?", exception);
        }
    }

    private static SessionChange ReadSession(BinaryReader reader)
    {
        var handle = new SessionHandle(reader.ReadString());
        var tag = reader.ReadString();
        var flags = reader.ReadByte();
        var lastSeen = ReadTime(reader);
        var birth = (flags & ChangeWriter.HasBirth) != 0 ? ReadBirth(reader, (flags & ChangeWriter.HasTicket) != 0) : null;
        var attributes = new MemoryAttribute[reader.Read7BitEncodedInt()];
        for (var i = 0; i < attributes.Length; i++)
            attributes[i] = new MemoryAttribute(reader.ReadString(), new Stamp(reader.ReadInt64(), reader.ReadInt64()), reader.ReadBoolean() ? ReadBytes(reader) : null);
        var counters = new MemoryCounter[reader.Read7BitEncodedInt()];
        for (var i = 0; i < counters.Length; i++) counters[i] = new MemoryCounter(reader.ReadString(), reader.ReadInt64(), reader.ReadInt64());
        return new SessionChange(handle, tag)
        {
            Birth = birth,
            LastSeenAt = lastSeen,
            Attributes = attributes,
            Counters = counters,
            Succession = (flags & ChangeWriter.HasSuccession) != 0 ? new MemorySuccession(new SessionHandle(reader.ReadString()), ReadTime(reader)) : null,
        };
    }

    private static MemoryBirth ReadBirth(BinaryReader reader, bool hasTicket)
    {
        var birth = new SessionBirth(ReadTime(reader), ReadTime(reader), TimeSpan.FromSeconds(reader.ReadInt32()), reader.ReadBoolean(), reader.ReadInt64());
        var generation = reader.ReadInt64();
        var userAgent = reader.ReadString();
        var address = reader.ReadString();
        return new MemoryBirth(birth, generation, hasTicket ? TicketSerializer.Default.Deserialize(ReadBytes(reader)) : null, userAgent, address);
    }

    private static DateTimeOffset ReadTime(BinaryReader reader) => new(reader.ReadInt64(), TimeSpan.Zero);

    private static byte[] ReadBytes(BinaryReader reader)
    {
        var length = reader.Read7BitEncodedInt();
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }
}
