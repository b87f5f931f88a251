using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ShopSession.Cart.Carts;

/// <summary>
/// The id of one change of a cart: random, or made of the key with which a client repeats a request whose answer was lost. The cart
/// remembers the last <see cref="CartLimits.MaxOperations"/>.
/// </summary>
internal readonly record struct CartOperation(string Id)
{
    private const int Length = 12; // 72 bits in base64url

    public static CartOperation New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9)));

    /// <summary>Two requests with the same key and the same content are one change; with another content they are two.</summary>
    public static CartOperation FromKey(string key, string content) =>
        new(Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{key.Length}:{key}{content}")))[..Length]);
}
