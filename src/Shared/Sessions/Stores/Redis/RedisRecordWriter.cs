using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using ShopSession.Redis;

namespace ShopSession.Sessions.Stores.Redis;

/// <summary>Makes the fields of a session's hash, in the form of the payload version in force. Each method appends field, value, field, value, … Safe for concurrent use.</summary>
internal sealed class RedisRecordWriter(int payloadVersion)
{
    public void Birth(List<RedisArgument> fields, SessionBirth birth, DateTimeOffset now)
    {
        fields.Add(SessionFields.Birth);
        fields.Add(birth.ToBytes(payloadVersion));
        LastSeen(fields, now);
    }

    public static void LastSeen(List<RedisArgument> fields, DateTimeOffset now)
    {
        fields.Add(SessionFields.LastSeen);
        fields.Add(now.ToUnixTimeSeconds());
    }

    /// <summary>Once per id, when its record is made.</summary>
    public void Ticket(List<RedisArgument> fields, SessionCipher cipher, AuthenticationTicket ticket)
    {
        if (payloadVersion < 2)
        {
            fields.Add(SessionFields.Ticket);
            fields.Add(cipher.Encrypt(SessionFields.Ticket, TicketSerializer.Default.Serialize(ticket)));
            return;
        }

        // Redis keeps a hash in its compact form only while no value exceeds 64 bytes, so a login of usual size goes in pieces; a large one breaks that form anyway.
        ReadOnlyMemory<byte> rest = cipher.EncryptTicket(SessionTicket.Serialize(ticket));
        var piece = rest.Length <= SessionFields.MaxTicketPieces * SessionFields.TicketPiece ? SessionFields.TicketPiece : rest.Length;
        for (var i = 0; !rest.IsEmpty; i++)
        {
            var length = Math.Min(piece, rest.Length);
            fields.Add(SessionFields.TicketField(i));
            fields.Add(rest[..length]);
            rest = rest[length..];
        }
    }

    public static void Attribute(List<RedisArgument> fields, SessionCipher cipher, string name, ReadOnlySpan<byte> value) =>
        Attribute(fields, cipher, cipher.FieldName(SessionFields.Attribute, name), name, value);

    /// <returns>The encrypted value.</returns>
    public static byte[] Attribute(List<RedisArgument> fields, SessionCipher cipher, string field, string name, ReadOnlySpan<byte> value)
    {
        var sealedValue = cipher.Encrypt(field, SessionAttribute.Pack(name, value));
        fields.Add(field);
        fields.Add(sealedValue);
        return sealedValue;
    }

    /// <summary>A counter's field does not depend on the id, so that it moves to a new one without its name being known.</summary>
    public static string CounterField(string name) =>
        SessionFields.Counter + System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 9));

    /// <summary>Takes over what a replaced session carries: re-encrypted under the new id where the old one can read it, as it is where not.</summary>
    public static void Inherit(List<RedisArgument> fields, RedisRecord old, SessionCipher oldCipher, SessionCipher newCipher)
    {
        foreach (var (field, value) in old.Fields)
        {
            if (SessionFields.IsOwn(field)) continue;
            if (oldCipher.Decrypt(field, value.Span) is not { } plain)
            {
                fields.Add(field);
                fields.Add(value);
            }
            else if (field[0] == SessionFields.Attribute && SessionAttribute.Unpack(plain) is var (name, attribute))
            {
                Attribute(fields, newCipher, name, attribute);
            }
            else
            {
                fields.Add(field);
                fields.Add(newCipher.Encrypt(field, plain));
            }
        }
    }

    /// <summary>Milliseconds until the record must be gone, by the store's clock.</summary>
    public static long TimeToLive(SessionBirth birth, DateTimeOffset now) => Math.Max(1, (long)(birth.ExpiresAt(now) - now).TotalMilliseconds);
}
