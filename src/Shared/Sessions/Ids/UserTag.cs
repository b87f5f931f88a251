using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ShopSession.Sessions;

/// <summary>
/// What the ids of one user's sessions have in common: 96 bits that name the user to the store and say nothing about them to anyone
/// without the tag key. It puts a user's sessions and their index on one cluster slot.
/// </summary>
/// <param name="Value">16 characters of base64url.</param>
internal readonly record struct UserTag(string Value)
{
    public const int ByteLength = 12;

    public static UserTag For(UserId user, ReadOnlySpan<byte> tagKey)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(tagKey, Encoding.UTF8.GetBytes(user.Value), mac);
        return new UserTag(Base64Url.EncodeToString(mac[..ByteLength]));
    }
}
