using System.Text;
using Microsoft.AspNetCore.Authentication;

namespace ShopSession.Sessions.Stores.Carried;

/// <summary>A whole session in bytes, before it is sealed.</summary>
/// <remarks>
/// <code>
/// 1 (version) · id · created, absolute end, last use (UTC ticks) · idle seconds · persistent · login (length, bytes; 0: none) · number of attributes · per attribute: name, length, bytes
/// </code>
/// </remarks>
internal static class CarriedRecord
{
    private const byte Version = 1;

    public static byte[] Write(SessionId id, SessionRecord record)
    {
        using var buffer = new MemoryStream(512);
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(id.Reveal());
        writer.Write(record.Birth.CreatedAt.UtcTicks);
        writer.Write(record.Birth.AbsoluteEnd.UtcTicks);
        writer.Write(record.LastSeenAt.UtcTicks);
        writer.Write((int)record.Birth.IdleTimeout.TotalSeconds);
        writer.Write(record.Birth.IsPersistent);
        WriteBytes(writer, record.Ticket is { } ticket ? TicketSerializer.Default.Serialize(ticket) : []);
        writer.Write7BitEncodedInt(record.Attributes.Count);
        foreach (var (name, value) in record.Attributes)
        {
            writer.Write(name);
            WriteBytes(writer, value);
        }

        writer.Flush();
        return buffer.ToArray();
    }

    /// <summary>The id, carrying its session; <see langword="null"/>: written by a later version. The bytes were authenticated, so they are otherwise as written.</summary>
    public static SessionId? Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        if (reader.ReadByte() != Version || !SessionId.TryParse(reader.ReadString(), out var id)) return null;
        var created = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var end = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var lastSeen = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var birth = new SessionBirth(created, end, TimeSpan.FromSeconds(reader.ReadInt32()), reader.ReadBoolean(), Ordinal: 0);
        var ticket = ReadBytes(reader);
        var attributes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--) attributes[reader.ReadString()] = ReadBytes(reader);
        return id.Carrying(new SessionRecord
        {
            Handle = id.Handle,
            Birth = birth,
            LastSeenAt = lastSeen,
            Ticket = ticket.Length == 0 ? null : TicketSerializer.Default.Deserialize(ticket),
            Attributes = attributes,
        });
    }

    private static void WriteBytes(BinaryWriter writer, byte[] bytes)
    {
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBytes(BinaryReader reader) => reader.ReadBytes(reader.Read7BitEncodedInt());
}
