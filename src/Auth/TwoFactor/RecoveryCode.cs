using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ShopSession.Auth.TwoFactor;

/// <summary>One of the codes that stand in for a lost authenticator, each once. Only its hash is kept.</summary>
internal sealed class RecoveryCode
{
    /// <summary>How many an account has when they are new.</summary>
    public const int PerAccount = 10;

    // Without letters that are taken for digits. 16 of 32 letters: 80 bits, so a plain hash cannot be turned round.
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int Length = 16;

    /// <summary>SHA-256 of account and code, base64url.</summary>
    public required string Hash { get; init; }

    public required string UserId { get; init; }

    /// <summary>A new code, as it is shown: <c>ABCD-EFGH-JKLM-NPQR</c>.</summary>
    public static string New()
    {
        var letters = RandomNumberGenerator.GetString(Letters, Length);
        return string.Join('-', letters.Chunk(4).Select(part => new string(part)));
    }

    /// <summary>The hash of a code however it was typed; <see langword="null"/> when it cannot be one.</summary>
    public static string? HashOf(string userId, string? typed)
    {
        if (typed is not { Length: < 64 }) return null;
        var code = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return code.Length == Length ? Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{userId}\n{code}"))) : null;
    }
}
