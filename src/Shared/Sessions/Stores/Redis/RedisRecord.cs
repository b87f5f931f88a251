using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using ShopSession.Redis;

namespace ShopSession.Sessions.Stores.Redis;

/// <summary>A session's hash as read, before it is judged: its fields by name.</summary>
internal sealed class RedisRecord
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _fields;

    private RedisRecord(Dictionary<string, ReadOnlyMemory<byte>> fields, SessionBirth birth)
    {
        _fields = fields;
        Birth = birth;
        Supersession = Supersession.Parse(Text(SessionFields.Superseded));
        LastSeenAt = long.TryParse(Text(SessionFields.LastSeen), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : birth.CreatedAt;
    }

    public SessionBirth Birth { get; }

    public DateTimeOffset LastSeenAt { get; }

    public Supersession? Supersession { get; }

    public ReadOnlyMemory<byte>? Device => _fields.TryGetValue(SessionFields.Device, out var device) ? device : null;

    public IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> Fields => _fields;

    /// <summary>Reads the reply of HGETALL. What has no birth fields, or is no hash, is no session.</summary>
    public static RedisRecord? Parse(RedisReply hash)
    {
        if (hash.IsError && hash.AsString()!.StartsWith("WRONGTYPE", StringComparison.Ordinal)) return null;
        var items = hash.ThrowIfError().Items;
        if (items.Count == 0) return null;
        var fields = new Dictionary<string, ReadOnlyMemory<byte>>(items.Count / 2, StringComparer.Ordinal);
        for (var i = 0; i + 1 < items.Count; i += 2) fields[items[i].AsString()!] = items[i + 1].AsBytes();
        return fields.TryGetValue(SessionFields.Birth, out var birth) && SessionBirth.FromBytes(birth.Span) is { } parsed
            ? new RedisRecord(fields, parsed)
            : null;
    }

    /// <param name="id">The session's id, whose keys open its fields.</param>
    /// <param name="isSuperseded">Whether the id was replaced.</param>
    /// <param name="known">What fields said when they were last read or written; those that stand there unchanged are not decrypted again.</param>
    /// <returns><see langword="null"/> when it is nobody's.</returns>
    public SessionRecord? ToSession(SessionId id, bool isSuperseded, OpenedFields? known = null)
    {
        using var cipher = new SessionCipher(id);
        AuthenticationTicket? ticket = null;
        byte[]? sealedTicket = null;
        if (id.IsSignedIn)
        {
            // A signed-in session without a login that opens under its id is nobody's.
            sealedTicket = SealedTicket();
            if (sealedTicket is null) return null;
            ticket = known?.TicketIn(sealedTicket) ?? Open(cipher, sealedTicket);
            if (ticket is null) return null;
        }

        var attributes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var opened = new Dictionary<string, OpenedFields.Attribute>(StringComparer.Ordinal);
        foreach (var (field, value) in _fields)
        {
            if (field[0] != SessionFields.Attribute || (known?.AttributeIn(field, value.Span) ?? Open(cipher, field, value)) is not { } attribute) continue;
            attributes[attribute.Name] = attribute.Value;
            opened[field] = attribute;
        }

        return new SessionRecord
        {
            Handle = id.Handle,
            Birth = Birth,
            LastSeenAt = LastSeenAt,
            Ticket = ticket,
            Attributes = attributes,
            IsSuperseded = isSuperseded,
            // A session that writes do not read back has no use for them.
            Opened = RedisSessionStore.IsReadBack(attributes) ? new OpenedFields(id.DerivedKeys, sealedTicket, ticket, opened) : null,
        };
    }

    private AuthenticationTicket? Open(SessionCipher cipher, byte[] sealedTicket)
    {
        // Version 1 kept a nonce; its form is known by its version, never guessed.
        var plain = Birth.Version < 2 ? cipher.Decrypt(SessionFields.Ticket, sealedTicket) : cipher.DecryptTicket(sealedTicket);
        return plain is null ? null : SessionTicket.Deserialize(plain);
    }

    private static OpenedFields.Attribute? Open(SessionCipher cipher, string field, ReadOnlyMemory<byte> sealedValue) =>
        cipher.Decrypt(field, sealedValue.Span) is { } packed && SessionAttribute.Unpack(packed) is var (name, value) ? new OpenedFields.Attribute(sealedValue, name, value) : null;

    private byte[]? SealedTicket()
    {
        if (!_fields.TryGetValue(SessionFields.Ticket, out var first)) return null;
        var whole = first.ToArray();
        for (var i = 1; _fields.TryGetValue(SessionFields.TicketField(i), out var piece); i++) whole = [.. whole, .. piece.Span];
        return whole;
    }

    private string? Text(string field) => _fields.TryGetValue(field, out var bytes) ? Encoding.ASCII.GetString(bytes.Span) : null;
}
