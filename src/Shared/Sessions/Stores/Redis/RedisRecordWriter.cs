using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using ShopSession.Redis;

namespace ShopSession.Sessions.Stores.Redis;

/// <summary>Makes the fields of a session's hash. Each method appends field, value, field, value, …</summary>
internal static class RedisRecordWriter
{
    public static void Birth(List<RedisArgument> fields, SessionBirth birth, DateTimeOffset now)
    {
        fields.Add(SessionFields.Birth);
        fields.Add(birth.ToBytes());
        LastSeen(fields, now);
    }

    public static void LastSeen(List<RedisArgument> fields, DateTimeOffset now)
    {
        fields.Add(SessionFields.LastSeen);
        fields.Add(now.ToUnixTimeSeconds());
    }

    public static void Ticket(List<RedisArgument> fields, SessionCipher cipher, AuthenticationTicket ticket)
    {
        fields.Add(SessionFields.Ticket);
        fields.Add(cipher.Encrypt(SessionFields.Ticket, TicketSerializer.Default.Serialize(ticket)));
    }

    public static void Attribute(List<RedisArgument> fields, SessionCipher cipher, string name, ReadOnlySpan<byte> value)
    {
        var field = cipher.FieldName(SessionFields.Attribute, name);
        fields.Add(field);
        fields.Add(cipher.Encrypt(field, SessionAttribute.Pack(name, value)));
    }

    /// <summary>A counter's field does not depend on the id, so that it moves to a new one without its name being known.</summary>
    public static string CounterField(string name) =>
        SessionFields.Counter + System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 9));

    /// <summary>Takes over what a replaced session carries: re-encrypted under the new id where the old one can read it, as it is where not.</summary>
    public static void Inherit(List<RedisArgument> fields, RedisRecord old, SessionCipher oldCipher, SessionCipher newCipher)
    {
        foreach (var (field, value) in old.Fields)
        {
            if (field is SessionFields.Birth or SessionFields.LastSeen or SessionFields.Ticket or SessionFields.Device or SessionFields.Superseded) continue;
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

    public static RedisTransaction AddHashSet(this RedisTransaction transaction, RedisKey key, List<RedisArgument> fields)
    {
        RedisArgument[] arguments = [key, .. fields];
        return transaction.Add("HSET", arguments);
    }
}
