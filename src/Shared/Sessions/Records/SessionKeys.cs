using System.Security.Cryptography;

namespace ShopSession.Sessions;

/// <summary>
/// The keys that a session's id yields (HKDF-Expand, RFC 5869, over the id's 256 random bits). Derived once per <see cref="SessionId"/> and as long-lived as it: whoever has the one has the other.
/// Immutable and safe to share.
/// </summary>
internal sealed class SessionKeys
{
    private const int ValueKeyLength = 32;
    private const int NameKeyLength = 16;
    private const int TicketKeyLength = 32;

    private static readonly byte[] Info = "shopsession record v1"u8.ToArray();

    private readonly byte[] _keys = new byte[ValueKeyLength + NameKeyLength + TicketKeyLength];

    public SessionKeys(ReadOnlySpan<byte> secret) => HKDF.Expand(HashAlgorithmName.SHA256, secret, _keys, Info);

    /// <summary>Encrypts values.</summary>
    public ReadOnlySpan<byte> Values => _keys.AsSpan(0, ValueKeyLength);

    /// <summary>Hides the names of values.</summary>
    public ReadOnlySpan<byte> Names => _keys.AsSpan(ValueKeyLength, NameKeyLength);

    /// <summary>Encrypts the login, and nothing else.</summary>
    public ReadOnlySpan<byte> Ticket => _keys.AsSpan(ValueKeyLength + NameKeyLength);
}
