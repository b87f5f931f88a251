using System.Security.Cryptography;
using System.Text;

namespace ShopSession.Sessions;

/// <summary>
/// Encrypts what a session carries under keys that only the session's own id yields (<see cref="SessionKeys"/>),
/// so that a dump of the store without the browser's cookie reads nothing. AES-256-GCM, a random 96-bit nonce per value, the field's name as associated data.
/// Not safe for concurrent use.
/// </summary>
internal sealed class SessionCipher(SessionId id) : IDisposable
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private AesGcm? _aes;

    // A session without values, or of which only names are asked for, needs none.
    private AesGcm Aes => _aes ??= new AesGcm(id.Keys.Values, TagLength);

    /// <summary>The field that keeps the attribute: a prefix and 72 bits of a keyed hash, so that not even names stand in the store.</summary>
    public string FieldName(char prefix, string name)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(id.Keys.Names, Encoding.UTF8.GetBytes(name), mac);
        return prefix + System.Buffers.Text.Base64Url.EncodeToString(mac[..9]);
    }

    /// <summary>Encrypts the login. Its key serves this one message only, since a login is written once per id; so no nonce need be kept.</summary>
    public byte[] EncryptTicket(ReadOnlySpan<byte> plain)
    {
        var sealedBytes = new byte[plain.Length + TagLength];
        using var aes = new AesGcm(id.Keys.Ticket, TagLength);
        aes.Encrypt(new byte[NonceLength], plain, sealedBytes.AsSpan(0, plain.Length), sealedBytes.AsSpan(plain.Length));
        return sealedBytes;
    }

    /// <returns><see langword="null"/> when the login was not encrypted under this id.</returns>
    public byte[]? DecryptTicket(ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < TagLength) return null;
        using var aes = new AesGcm(id.Keys.Ticket, TagLength);
        return Decrypt(aes, new byte[NonceLength], sealedBytes[..^TagLength], sealedBytes[^TagLength..], default);
    }

    public byte[] Encrypt(string field, ReadOnlySpan<byte> plain)
    {
        var sealedBytes = new byte[NonceLength + plain.Length + TagLength];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        Aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceLength, plain.Length), sealedBytes.AsSpan(NonceLength + plain.Length), Encoding.UTF8.GetBytes(field));
        return sealedBytes;
    }

    /// <returns><see langword="null"/> when the value was not made by <see cref="Encrypt"/> under this id and field.</returns>
    public byte[]? Decrypt(string field, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < NonceLength + TagLength) return null;
        return Decrypt(Aes, sealedBytes[..NonceLength], sealedBytes[NonceLength..^TagLength], sealedBytes[^TagLength..], Encoding.UTF8.GetBytes(field));
    }

    public void Dispose() => _aes?.Dispose();

    private static byte[]? Decrypt(AesGcm aes, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> cipher, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associated)
    {
        var plain = new byte[cipher.Length];
        try
        {
            aes.Decrypt(nonce, cipher, tag, plain, associated);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            // Tampered with, or written by someone else: as if it were not there. The caller counts it.
            return null;
        }
    }
}
