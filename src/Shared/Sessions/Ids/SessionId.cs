using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ShopSession.Sessions;

/// <summary>
/// The secret that a browser or API client presents. Only its hash is ever stored. Immutable and safe to share.
/// </summary>
/// <remarks>
/// Layout, 45 bytes, sent as 60 characters of base64url:
/// <code>
///  0      1 … 12      13 … 44
/// +------+-----------+------------------+
/// | kind | tag       | secret           |
/// +------+-----------+------------------+
/// </code>
/// kind: 1 anonymous, 2 signed in (tells which index vouches for the session, so that record and index are read together).
/// tag: random for an anonymous session, <see cref="UserTag"/> for a signed-in one. secret: 256 random bits.
/// </remarks>
public sealed class SessionId
{
    /// <summary>The length of an id's text.</summary>
    public const int TextLength = 60;

    private const int Length = 1 + UserTag.ByteLength + SecretLength;
    private const int SecretLength = 32;
    private const byte AnonymousKind = 1;
    private const byte SignedInKind = 2;

    private readonly byte[] _bytes;
    private readonly string _text;
    private string? _tag;
    private SessionKeys? _keys;

    private SessionId(byte[] bytes, string text)
    {
        _bytes = bytes;
        _text = text;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        Handle = new SessionHandle(Base64Url.EncodeToString(hash[..16]));
    }

    /// <summary>The public name under which the record is stored.</summary>
    public SessionHandle Handle { get; }

    /// <summary>Whether the id was made at a sign-in.</summary>
    public bool IsSignedIn => _bytes[0] == SignedInKind;

    /// <summary>The session itself, where the client presented it whole.</summary>
    internal SessionRecord? Carried { get; private init; }

    internal string Tag => _tag ??= Base64Url.EncodeToString(_bytes.AsSpan(1, UserTag.ByteLength));

    /// <summary>The keys of what the session carries. Derived when first asked for; where two threads do at once, both get the same.</summary>
    internal SessionKeys Keys => _keys ??= new SessionKeys(_bytes.AsSpan(1 + UserTag.ByteLength));

    /// <summary>The keys if they were asked for.</summary>
    internal SessionKeys? DerivedKeys => _keys;

    /// <summary>Takes over the keys that another copy of this id has derived.</summary>
    internal void Share(SessionKeys? keys) => _keys ??= keys;

    /// <summary>Makes the id of a new anonymous session.</summary>
    public static SessionId NewAnonymous()
    {
        var bytes = RandomNumberGenerator.GetBytes(Length);
        bytes[0] = AnonymousKind;
        return new SessionId(bytes, Base64Url.EncodeToString(bytes));
    }

    /// <summary>The same id, with the session.</summary>
    internal SessionId Carrying(SessionRecord record) => new(_bytes, _text) { Carried = record };

    internal static SessionId NewFor(UserTag tag)
    {
        var bytes = RandomNumberGenerator.GetBytes(Length);
        bytes[0] = SignedInKind;
        Base64Url.DecodeFromChars(tag.Value, bytes.AsSpan(1, UserTag.ByteLength));
        return new SessionId(bytes, Base64Url.EncodeToString(bytes));
    }

    /// <summary>Reads an id as presented. Anything but exactly what this class writes is refused.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SessionId? id)
    {
        id = null;
        if (text is not { Length: TextLength }) return false;
        var bytes = new byte[Length];
        // 60 characters are exactly 45 bytes: no padding, no white space and no unused bits, so that every id has one spelling only.
        if (!Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != Length) return false;
        if (bytes[0] is not (AnonymousKind or SignedInKind)) return false;
        id = new SessionId(bytes, text);
        return true;
    }

    /// <summary>The text that the client keeps: a secret, for the cookie or token alone.</summary>
    public string Reveal() => _text;

    /// <summary>The handle, never the secret.</summary>
    public override string ToString() => Handle.Value;
}
