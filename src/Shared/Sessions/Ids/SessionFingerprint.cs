using System.Security.Cryptography;
using System.Text;

namespace ShopSession.Sessions;

/// <summary>Eight hex digits that tell sessions apart on a page or in a log.</summary>
internal static class SessionFingerprint
{
    public static string Of(SessionId id) => Of(id.Handle);

    public static string Of(SessionHandle handle)
    {
        // The handle is the stored, hashed id; its first four bytes are shown.
        Span<byte> bytes = stackalloc byte[16];
        return System.Buffers.Text.Base64Url.TryDecodeFromChars(handle.Value, bytes, out _) ? Convert.ToHexStringLower(bytes[..4]) : "";
    }
}
