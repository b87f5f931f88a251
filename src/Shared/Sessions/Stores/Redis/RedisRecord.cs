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

    public SessionRecord? ToSession(SessionId id, bool isSuperseded)
    {
        using var cipher = new SessionCipher(id);
        AuthenticationTicket? ticket = null;
        if (id.IsSignedIn)
        {
            // A signed-in session without a login that opens under its id is nobody's.
            if (SealedTicket() is not { } sealedTicket) return null;
            // Version 1 kept a nonce; its form is known by its version, never guessed.
            var plain = Birth.Version < 2 ? cipher.Decrypt(SessionFields.Ticket, sealedTicket) : cipher.DecryptTicket(sealedTicket);
            ticket = plain is null ? null : SessionTicket.Deserialize(plain);
            if (ticket is null) return null;
        }

        var attributes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (field, value) in _fields)
        {
            if (field[0] != SessionFields.Attribute || cipher.Decrypt(field, value.Span) is not { } packed) continue;
            if (SessionAttribute.Unpack(packed) is var (name, plain)) attributes[name] = plain;
        }

        return new SessionRecord
        {
            Handle = id.Handle,
            Birth = Birth,
            LastSeenAt = LastSeenAt,
            Ticket = ticket,
            Attributes = attributes,
            IsSuperseded = isSuperseded,
        };
    }

    private byte[]? SealedTicket()
    {
        if (!_fields.TryGetValue(SessionFields.Ticket, out var first)) return null;
        var whole = first.ToArray();
        for (var i = 1; _fields.TryGetValue(SessionFields.TicketField(i), out var piece); i++) whole = [.. whole, .. piece.Span];
        return whole;
    }

    private string? Text(string field) => _fields.TryGetValue(field, out var bytes) ? Encoding.ASCII.GetString(bytes.Span) : null;
}
