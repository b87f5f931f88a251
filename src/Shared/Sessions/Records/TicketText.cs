using System.Globalization;
using System.Security.Claims;
using System.Text;

namespace ShopSession.Sessions;

/// <summary>A text within a stored login: well-known ones, ids (GUID) and numbers in a few bytes, others as they are.</summary>
/// <remarks>
/// First byte below 0x7F: that many bytes of UTF-8 · 0x7F: a longer text, its length in 7-bit groups · from 0x80: the well-known text of that index · 0xFD: a decimal number in 7-bit
/// groups · 0xFE: the 16 bytes of a GUID in its usual spelling. The list is part of the stored form: append to it, never change or remove an entry.
/// </remarks>
internal static class TicketText
{
    private const byte Long = 0x7F;
    private const byte FirstKnown = 0x80;
    private const byte Number = 0xFD;
    private const byte Id = 0xFE;

    private static readonly string[] Known =
    [
        "", ClaimTypes.NameIdentifier, ClaimTypes.Name, ClaimTypes.Email, ClaimTypes.Role, "Cookies", ".shopsession.authenticated", ".persistent",
        ClaimTypes.GivenName, ClaimTypes.Surname, ClaimTypes.AuthenticationMethod, ClaimTypes.AuthenticationInstant, ClaimTypes.Sid, "AspNet.Identity.SecurityStamp", "Identity.Application",
        "amr", "auth_time", "sub", "name", "email", "role", "sid", "pwd", "mfa", "otp", "true", "false", "admin", "administrator", "Administrator",
        ClaimValueTypes.Boolean, ClaimValueTypes.Integer, ClaimValueTypes.Integer64, ClaimValueTypes.DateTime, "password", ".refresh", ".issued", ".expires", "demo", "passkey", "hwk", "user", "email_verified",
    ];

    private static readonly Dictionary<string, byte> Codes = Known.Select((text, i) => (text, i)).ToDictionary(entry => entry.text, entry => (byte)(FirstKnown + entry.i), StringComparer.Ordinal);

    public static void Write(BinaryWriter writer, string text)
    {
        if (Codes.TryGetValue(text, out var code))
        {
            writer.Write(code);
        }
        else if (Guid.TryParseExact(text, "D", out var id) && id.ToString("D") == text)
        {
            writer.Write(Id);
            writer.Write(id.ToByteArray());
        }
        else if (text.Length > 3 && text[0] is >= '1' and <= '9' && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            writer.Write(Number);
            writer.Write7BitEncodedInt64(number);
        }
        else
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            if (bytes.Length < Long)
            {
                writer.Write((byte)bytes.Length);
            }
            else
            {
                writer.Write(Long);
                writer.Write7BitEncodedInt(bytes.Length);
            }

            writer.Write(bytes);
        }
    }

    public static string Read(BinaryReader reader)
    {
        var first = reader.ReadByte();
        return first switch
        {
            < Long => Encoding.UTF8.GetString(reader.ReadBytes(first)),
            Long => Encoding.UTF8.GetString(reader.ReadBytes(reader.Read7BitEncodedInt())),
            Number => reader.Read7BitEncodedInt64().ToString(CultureInfo.InvariantCulture),
            Id => new Guid(reader.ReadBytes(16)).ToString("D"),
            _ when first - FirstKnown < Known.Length => Known[first - FirstKnown],
            _ => throw new InvalidDataException($"A stored login holds the text code {first:X2}, which this build does not know: it was written by a later version. Set Session:PayloadVersion there to what this one reads."),
        };
    }
}
