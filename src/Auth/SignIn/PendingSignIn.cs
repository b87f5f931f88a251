using System.Text.Json;

namespace ShopSession.Auth.SignIn;

/// <summary>
/// A sign-in whose password was right and whose second factor is awaited. Kept for the visitor alone (<see cref="VisitorNote"/>), so no other browser can go on with it, and only
/// for a few minutes. It is no sign-in: no service takes it for one.
/// </summary>
/// <param name="UserId">The account.</param>
/// <param name="Generation">The generation of its sessions before the password was checked.</param>
/// <param name="RememberMe">As chosen with the password.</param>
/// <param name="ExpiresAt">When the password has to be given again.</param>
internal sealed record PendingSignIn(string UserId, long Generation, bool RememberMe, DateTimeOffset ExpiresAt)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string Key = "auth.pending-sign-in";

    public static void Set(HttpContext context, VerifiedUser verified, bool rememberMe, DateTimeOffset now) =>
        VisitorNote.Set(context, Key, JsonSerializer.SerializeToUtf8Bytes(new PendingSignIn(verified.User.Id, verified.Generation, rememberMe, now + Lifetime)), Lifetime);

    /// <summary>The sign-in that waits here; <see langword="null"/>: there is none, or it waited too long.</summary>
    public static PendingSignIn? Get(HttpContext context, DateTimeOffset now) =>
        VisitorNote.Get(context, Key) is { } stored && JsonSerializer.Deserialize<PendingSignIn>(stored) is { } pending && pending.ExpiresAt > now ? pending : null;

    public static void Clear(HttpContext context) => VisitorNote.Remove(context, Key);
}
