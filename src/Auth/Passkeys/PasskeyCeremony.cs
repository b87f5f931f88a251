using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ShopSession.Auth.SignIn;

namespace ShopSession.Auth.Passkeys;

/// <summary>
/// One exchange with an authenticator: the challenge that was sent, until its answer comes. Kept for the visitor alone (<see cref="VisitorNote"/>), so any replica can go on
/// with it and no other browser can; taken out before the answer is looked at, so there is one answer to a challenge.
/// </summary>
/// <param name="Purpose">What the challenge was made for.</param>
/// <param name="State">What Identity wants back together with the answer.</param>
/// <param name="ExpiresAt">When it is too late for one.</param>
internal sealed record PasskeyCeremony(PasskeyPurpose Purpose, string State, DateTimeOffset ExpiresAt)
{
    /// <summary>The time that browsers give people to find their phone.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string Key = "auth.passkey-ceremony";

    /// <summary>Names the challenge where used ones are noted: 48 bits of its hash, for one account and a few minutes.</summary>
    public string Mark => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(State)).AsSpan(0, 6));

    public static void Begin(HttpContext context, PasskeyPurpose purpose, string state, DateTimeOffset now) =>
        VisitorNote.Set(context, Key, JsonSerializer.SerializeToUtf8Bytes(new PasskeyCeremony(purpose, state, now + Lifetime)), Lifetime);

    /// <summary>Takes the one that waits here out of the session; <see langword="null"/>: there is none for this purpose, or it waited too long.</summary>
    public static PasskeyCeremony? Take(HttpContext context, PasskeyPurpose purpose, DateTimeOffset now)
    {
        if (VisitorNote.Get(context, Key) is not { } stored) return null;
        VisitorNote.Remove(context, Key);
        return JsonSerializer.Deserialize<PasskeyCeremony>(stored) is { } ceremony && ceremony.Purpose == purpose && ceremony.ExpiresAt > now ? ceremony : null;
    }
}
