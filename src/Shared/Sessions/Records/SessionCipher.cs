using System.Security.Cryptography;
using System.Text;

namespace ShopSession.Sessions;

/// <summary>
/// Encrypts what a session carries under a key that only the session's own id yields (HKDF-Expand, RFC 5869, over the id's 256 random bits),
/// so that a dump of the store without the browser's cookie reads nothing. AES-256-GCM, a random 96-bit nonce per value, the field's name as associated data.
/// Not safe for concurrent use; dispose it to wipe the key.
/// </summary>
internal sealed class SessionCipher : IDisposable
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int KeyLength = 32;
    private const int NameKeyLength = 16;

    private static readonly byte[] Info = "shopsession record v1"u8.ToArray();

    private readonly AesGcm _aes;
    private readonly byte[] _nameKey;

    public SessionCipher(SessionId id)
    {
        Span<byte> keys = stackalloc byte[KeyLength + NameKeyLength];
        HKDF.Expand(HashAlgorithmName.SHA256, id.Secret, keys, Info);
        _aes = new AesGcm(keys[..KeyLength], TagLength);
        _nameKey = keys[KeyLength..].ToArray();
        CryptographicOperations.ZeroMemory(keys);
    }

    /// <summary>The field that keeps the attribute: a prefix and 72 bits of a keyed hash, so that not even names stand in the store.</summary>
    public string FieldName(char prefix, string name)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_nameKey, Encoding.UTF8.GetBytes(name), mac);
        return prefix + System.Buffers.Text.Base64Url.EncodeToString(mac[..9]);
    }

    public byte[] Encrypt(string field, ReadOnlySpan<byte> plain)
    {
        var sealedBytes = new byte[NonceLength + plain.Length + TagLength];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        _aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceLength, plain.Length), sealedBytes.AsSpan(NonceLength + plain.Length), Encoding.UTF8.GetBytes(field));
        return sealedBytes;
    }

    /// <returns><see langword="null"/> when the value was not made by <see cref="Encrypt"/> under this id and field.</returns>
    public byte[]? Decrypt(string field, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < NonceLength + TagLength) return null;
        var plain = new byte[sealedBytes.Length - NonceLength - TagLength];
        try
        {
            _aes.Decrypt(
                sealedBytes[..NonceLength],
                sealedBytes[NonceLength..^TagLength],
                sealedBytes[^TagLength..],
                plain,
                Encoding.UTF8.GetBytes(field));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            // Tampered with, or written by someone else: as if it were not there. The caller counts it.
            return null;
        }
    }

    public void Dispose()
    {
        _aes.Dispose();
        CryptographicOperations.ZeroMemory(_nameKey);
    }
}
