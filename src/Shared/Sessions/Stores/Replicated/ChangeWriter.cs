using System.Text;
using Microsoft.AspNetCore.Authentication;
using ShopSession.Sessions.Stores.Memory;

namespace ShopSession.Sessions.Stores.Replicated;

/// <summary>Writes a change as it travels between replicas; <see cref="ChangeReader"/> reads it.</summary>
/// <remarks>
/// <code>
/// 1 session     handle, tag, flags (1 birth, 2 login, 4 succession), last use, [birth], attributes, counters, [succession]
/// 2 end         handle, until
/// 3 generation  tag, generation
/// </code>
/// Texts and byte arrays carry their length (7 bits per byte), counts likewise; numbers are little endian; times are UTC ticks.
/// </remarks>
internal static class ChangeWriter
{
    public const byte Session = 1;
    public const byte End = 2;
    public const byte Generation = 3;
    public const byte HasBirth = 1;
    public const byte HasTicket = 2;
    public const byte HasSuccession = 4;

    public static byte[] Write(MemoryChange change)
    {
        using var buffer = new MemoryStream(256);
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            switch (change)
            {
                case SessionChange session:
                    writer.Write(Session);
                    Write(writer, session);
                    break;
                case EndChange end:
                    writer.Write(End);
                    writer.Write(end.Handle.Value);
                    writer.Write(end.Until.UtcTicks);
                    break;
                case GenerationChange generation:
                    writer.Write(Generation);
                    writer.Write(generation.Tag);
                    writer.Write(generation.Generation);
                    break;
            }
        }

        return buffer.ToArray();
    }

    private static void Write(BinaryWriter writer, SessionChange change)
    {
        writer.Write(change.Handle.Value);
        writer.Write(change.Tag);
        writer.Write((byte)((change.Birth is null ? 0 : HasBirth) | (change.Birth?.Ticket is null ? 0 : HasTicket) | (change.Succession is null ? 0 : HasSuccession)));
        writer.Write(change.LastSeenAt.UtcTicks);
        if (change.Birth is { } birth) Write(writer, birth);
        writer.Write7BitEncodedInt(change.Attributes.Count);
        foreach (var attribute in change.Attributes)
        {
            writer.Write(attribute.Name);
            writer.Write(attribute.Stamp.Time);
            writer.Write(attribute.Stamp.Node);
            writer.Write(attribute.Value is not null);
            if (attribute.Value is { } value) WriteBytes(writer, value);
        }

        writer.Write7BitEncodedInt(change.Counters.Count);
        foreach (var counter in change.Counters)
        {
            writer.Write(counter.Name);
            writer.Write(counter.Node);
            writer.Write(counter.Value);
        }

        if (change.Succession is not { } succession) return;
        writer.Write(succession.Successor.Value);
        writer.Write(succession.Until.UtcTicks);
    }

    private static void Write(BinaryWriter writer, MemoryBirth birth)
    {
        writer.Write(birth.Birth.CreatedAt.UtcTicks);
        writer.Write(birth.Birth.AbsoluteEnd.UtcTicks);
        writer.Write((int)birth.Birth.IdleTimeout.TotalSeconds);
        writer.Write(birth.Birth.IsPersistent);
        writer.Write(birth.Birth.Ordinal);
        writer.Write(birth.Generation);
        writer.Write(birth.UserAgent);
        writer.Write(birth.Address);
        if (birth.Ticket is { } ticket) WriteBytes(writer, TicketSerializer.Default.Serialize(ticket));
    }

    private static void WriteBytes(BinaryWriter writer, byte[] bytes)
    {
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }
}
