using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using ShopSession.Sessions.Database.Model;

namespace ShopSession.Sessions.Database.Store;

// The statements that several steps share. Names and values are sealed under the id before they come here.
internal sealed partial class DatabaseSessionStore
{
    private static async Task InsertAsync(
        SessionDbContext context, SessionId id, SessionBirth birth, DateTimeOffset now, AuthenticationTicket? ticket, byte[]? device, CancellationToken cancellationToken)
    {
        using var cipher = new SessionCipher(id);
        context.Sessions.Add(new SessionRow
        {
            Handle = id.Handle.Value,
            Tag = id.Tag,
            Ordinal = birth.Ordinal,
            Birth = birth.ToBytes(),
            LastSeenAt = DatabaseClock.ToMicroseconds(now),
            ExpiresAt = DatabaseClock.ToMicroseconds(birth.ExpiresAt(now)),
            Ticket = ticket is null ? null : cipher.Encrypt(RowReader.TicketField, TicketSerializer.Default.Serialize(ticket)),
            Device = device,
        });
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task WriteAttributesAsync(
        SessionDbContext context, SessionId id, IEnumerable<KeyValuePair<string, byte[]?>> attributes, CancellationToken cancellationToken)
    {
        using var cipher = new SessionCipher(id);
        var handle = id.Handle.Value;
        // In one order everywhere, so that two writers of the same attributes never wait for each other.
        foreach (var (field, name, value) in attributes.Select(change => (Field: cipher.FieldName(RowReader.AttributePrefix, change.Key), change.Key, change.Value)).OrderBy(x => x.Field, StringComparer.Ordinal))
        {
            if (value is null)
            {
                await context.Attributes.Where(row => row.Handle == handle && row.Name == field).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            var packed = cipher.Encrypt(field, SessionAttribute.Pack(name, value));
            await context.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO session_attributes (handle, name, value) VALUES ({handle}, {field}, {packed})
                ON CONFLICT (handle, name) DO UPDATE SET value = excluded.value
                """, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the old session's row its successor, if it is alive and has none, and holds it: a write either came before and moves over, or comes after and sees this.</summary>
    private async Task<bool> SupersedeAsync(SessionDbContext context, SessionId old, SessionHandle successor, CancellationToken cancellationToken)
    {
        var handle = old.Handle.Value;
        var now = clock.GetUtcNow();
        var at = DatabaseClock.ToMicroseconds(now);
        var until = DatabaseClock.ToMicroseconds(now + _options.RotationGrace);
        return await context.Sessions.Where(row => row.Handle == handle && row.Successor == null && row.ExpiresAt > at)
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.Successor, successor.Value).SetProperty(x => x.ExpiresAt, until), cancellationToken).ConfigureAwait(false) == 1;
    }

    private static Task<SessionRow> RowAsync(SessionDbContext context, SessionId id, CancellationToken cancellationToken)
    {
        var handle = id.Handle.Value;
        return context.Sessions.AsNoTracking().Include(row => row.Attributes).SingleAsync(row => row.Handle == handle, cancellationToken);
    }

    /// <summary>Takes over what the replaced session carries, sealed anew under the new id.</summary>
    private static async Task InheritAsync(SessionDbContext context, SessionId id, SessionHandle old, SessionRecord carried, CancellationToken cancellationToken)
    {
        await WriteAttributesAsync(context, id, carried.Attributes.Select(attribute => new KeyValuePair<string, byte[]?>(attribute.Key, attribute.Value)), cancellationToken).ConfigureAwait(false);
        await context.Database.ExecuteSqlAsync(
            $"INSERT INTO session_counters (handle, name, value) SELECT {id.Handle.Value}, name, value FROM session_counters WHERE handle = {old.Value}",
            cancellationToken).ConfigureAwait(false);
    }

    private static SessionRecord Started(SessionId id, SessionBirth birth, DateTimeOffset now, AuthenticationTicket? ticket, SessionRecord? carried) => new()
    {
        Handle = id.Handle,
        Birth = birth,
        LastSeenAt = now,
        // A copy: the request goes on using, and may change, its own.
        Ticket = ticket is null ? null : new AuthenticationTicket(new ClaimsPrincipal(ticket.Principal), ticket.Properties, ticket.AuthenticationScheme),
        Attributes = carried?.Attributes ?? new Dictionary<string, byte[]>(),
    };
}
