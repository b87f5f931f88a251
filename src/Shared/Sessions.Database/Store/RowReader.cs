using Microsoft.AspNetCore.Authentication;
using ShopSession.Sessions.Database.Model;

namespace ShopSession.Sessions.Database.Store;

/// <summary>Opens a session's rows with the id that sealed them.</summary>
internal static class RowReader
{
    public const string TicketField = "t";
    public const char AttributePrefix = 'a';

    /// <summary><see langword="null"/>: not a session of this id.</summary>
    public static SessionRecord? ToSession(this SessionRow row, SessionId id)
    {
        if (SessionBirth.FromBytes(row.Birth) is not { } birth) return null;
        using var cipher = new SessionCipher(id);
        AuthenticationTicket? ticket = null;
        if (id.IsSignedIn)
        {
            // A signed-in session without a login that opens under its id is nobody's.
            if (row.Ticket is null || cipher.Decrypt(TicketField, row.Ticket) is not { } plain) return null;
            ticket = TicketSerializer.Default.Deserialize(plain);
            if (ticket is null) return null;
        }

        var attributes = new Dictionary<string, byte[]>(row.Attributes.Count, StringComparer.Ordinal);
        foreach (var attribute in row.Attributes)
        {
            if (cipher.Decrypt(attribute.Name, attribute.Value) is { } packed && SessionAttribute.Unpack(packed) is var (name, value)) attributes[name] = value;
        }

        return new SessionRecord
        {
            Handle = id.Handle,
            Birth = birth,
            LastSeenAt = DatabaseClock.FromMicroseconds(row.LastSeenAt),
            Ticket = ticket,
            Attributes = attributes,
            IsSuperseded = row.Successor is not null,
        };
    }
}
