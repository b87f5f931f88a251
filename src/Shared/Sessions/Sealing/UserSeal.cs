using System.Security.Cryptography;
using System.Text;

namespace ShopSession.Sessions.Sealing;

/// <summary>
/// Seals what is kept of a user's sessions and must be read without their ids (device, timeline): AES-256-GCM under a key of the user's own, derived (HKDF-Expand,
/// RFC 5869) from the tag key, which the shared key ring protects. A value sealed for one user or purpose does not open for another. Not safe for concurrent use; dispose it to
/// wipe the keys.
/// </summary>
internal sealed class UserSeal : IDisposable
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int KeyLength = 32;

    private static readonly byte[] TimelinePurpose = "timeline"u8.ToArray();
    private static readonly byte[] NoNonce = new byte[NonceLength];

    private readonly byte[] _userKey = new byte[KeyLength];

    /// <param name="tagKey">The shared 256-bit key.</param>
    /// <param name="tag">The user's tag.</param>
    public UserSeal(ReadOnlySpan<byte> tagKey, string tag) =>
        HKDF.Expand(HashAlgorithmName.SHA256, tagKey, _userKey, Encoding.ASCII.GetBytes("shopsession user seal v1 " + tag));

    /// <summary>Seals a session's device. Its key is the handle's own and seals nothing else, ever, so that no nonce need be kept.</summary>
    public byte[] SealDevice(SessionHandle session, ReadOnlySpan<byte> plain)
    {
        var bytes = new byte[plain.Length + TagLength];
        using var aes = DeviceCipher(session);
        aes.Encrypt(NoNonce, plain, bytes.AsSpan(0, plain.Length), bytes.AsSpan(plain.Length));
        return bytes;
    }

    /// <returns><see langword="null"/> when it was not sealed for this session.</returns>
    public byte[]? OpenDevice(SessionHandle session, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < TagLength) return null;
        using var aes = DeviceCipher(session);
        return Open(aes, NoNonce, bytes[..^TagLength], bytes[^TagLength..], default);
    }

    /// <summary>Seals an entry of the timeline, under a random nonce.</summary>
    public byte[] SealEntry(ReadOnlySpan<byte> plain)
    {
        var bytes = new byte[NonceLength + plain.Length + TagLength];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceLength));
        using var aes = new AesGcm(_userKey, TagLength);
        aes.Encrypt(bytes.AsSpan(0, NonceLength), plain, bytes.AsSpan(NonceLength, plain.Length), bytes.AsSpan(NonceLength + plain.Length), TimelinePurpose);
        return bytes;
    }

    /// <returns><see langword="null"/> when it was not sealed for this user.</returns>
    public byte[]? OpenEntry(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < NonceLength + TagLength) return null;
        using var aes = new AesGcm(_userKey, TagLength);
        return Open(aes, bytes[..NonceLength], bytes[NonceLength..^TagLength], bytes[^TagLength..], TimelinePurpose);
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_userKey);

    private AesGcm DeviceCipher(SessionHandle session)
    {
        Span<byte> key = stackalloc byte[KeyLength];
        HKDF.Expand(HashAlgorithmName.SHA256, _userKey, key, Encoding.ASCII.GetBytes("device " + session.Value));
        var aes = new AesGcm(key, TagLength);
        CryptographicOperations.ZeroMemory(key);
        return aes;
    }

    private static byte[]? Open(AesGcm aes, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> cipher, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> purpose)
    {
        var plain = new byte[cipher.Length];
        try
        {
            aes.Decrypt(nonce, cipher, tag, plain, purpose);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            // Another user's, another key's, or tampered with: as if it were not there.
            return null;
        }
    }
}
