using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace ShopSession.Sessions.KeyRing;

/// <summary>
/// The key under which the key ring's keys are encrypted at rest: PBKDF2 (RFC 8018, HMAC-SHA-512) over <see cref="SharedSessionOptions.KeyRingSecret"/>, once per process. Safe for concurrent use.
/// </summary>
internal sealed class KeyRingSecret(IOptions<SharedSessionOptions> options)
{
    /// <summary>The shortest secret that is accepted.</summary>
    public const int MinLength = 32;

    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int KeyLength = 32;
    private const int NameLength = 4;

    // The secret is long and random; the iterations are for those that are long only.
    private const int Iterations = 100_000;

    private readonly Lazy<byte[]> _keys = new(() => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(options.Value.KeyRingSecret), "ShopSession key ring v1"u8, Iterations, HashAlgorithmName.SHA512, KeyLength + NameLength));

    public bool IsSet => options.Value.KeyRingSecret.Length > 0;

    /// <summary>Tells secrets apart and nothing about them: eight hex digits.</summary>
    public string Name => Convert.ToHexStringLower(_keys.Value.AsSpan(KeyLength));

    public byte[] Encrypt(ReadOnlySpan<byte> plain)
    {
        var bytes = new byte[NonceLength + plain.Length + TagLength];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceLength));
        using var aes = new AesGcm(_keys.Value.AsSpan(0, KeyLength), TagLength);
        aes.Encrypt(bytes.AsSpan(0, NonceLength), plain, bytes.AsSpan(NonceLength, plain.Length), bytes.AsSpan(NonceLength + plain.Length));
        return bytes;
    }

    /// <exception cref="CryptographicException">The bytes were not encrypted under this secret.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < NonceLength + TagLength) throw new CryptographicException("The encrypted key is cut off.");
        var plain = new byte[bytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(_keys.Value.AsSpan(0, KeyLength), TagLength);
        aes.Decrypt(bytes[..NonceLength], bytes[NonceLength..^TagLength], bytes[^TagLength..], plain);
        return plain;
    }
}
