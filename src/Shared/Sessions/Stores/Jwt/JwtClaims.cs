using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace ShopSession.Sessions.Stores.Jwt;

/// <summary>A login as claims of a token, and back. Times are seconds since 1970 UTC.</summary>
/// <remarks><c>sub</c> the account · <c>sid</c> the session · <c>auth_time</c> last proof of identity · <c>sst</c>, <c>sxp</c> the session's beginning and absolute end · <c>idle</c> its idle time in seconds · <c>per</c> "remember me" ·
/// <c>claims</c> the rest, pairs of type and value.</remarks>
internal static class JwtClaims
{
    public static JsonObject Of(SessionId id, SessionRecord record, string issuer, string audience, DateTimeOffset now, DateTimeOffset expires)
    {
        var ticket = record.Ticket!;
        var rest = ticket.Principal.Claims.Where(claim => claim.Type != ClaimTypes.NameIdentifier)
            .Select(claim => (JsonNode)new JsonArray(claim.Type, claim.Value)).ToArray();
        return new JsonObject
        {
            ["iss"] = issuer,
            ["aud"] = audience,
            ["sub"] = ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = expires.ToUnixTimeSeconds(),
            ["sid"] = id.Reveal(),
            ["auth_time"] = (ticket.Properties.GetAuthenticatedAt() ?? record.Birth.CreatedAt).ToUnixTimeSeconds(),
            ["sst"] = record.Birth.CreatedAt.ToUnixTimeSeconds(),
            ["sxp"] = record.Birth.AbsoluteEnd.ToUnixTimeSeconds(),
            ["idle"] = (long)record.Birth.IdleTimeout.TotalSeconds,
            ["per"] = record.Birth.IsPersistent,
            ["claims"] = new JsonArray(rest),
        };
    }

    /// <summary>When the token expires; long ago when it does not say.</summary>
    public static DateTimeOffset ExpiryOf(JsonObject claims) => Time(claims, "exp");

    /// <summary>The session's id, carrying the session; <see langword="null"/>: it was made for another site.</summary>
    public static SessionId? ToSession(JsonObject claims, string issuer, string audience)
    {
        if ((string?)claims["iss"] != issuer || (string?)claims["aud"] != audience || !SessionId.TryParse((string?)claims["sid"], out var id)) return null;
        var identity = new ClaimsIdentity(CookieAuthenticationDefaults.AuthenticationScheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, (string?)claims["sub"] ?? ""));
        foreach (var pair in claims["claims"]?.AsArray() ?? [])
            identity.AddClaim(new Claim((string?)pair![0] ?? "", (string?)pair[1] ?? ""));
        var isPersistent = (bool?)claims["per"] == true;
        var properties = new AuthenticationProperties { IsPersistent = isPersistent };
        properties.SetAuthenticatedAt(Time(claims, "auth_time"));
        return id.Carrying(new SessionRecord
        {
            Handle = id.Handle,
            Birth = new SessionBirth(Time(claims, "sst"), Time(claims, "sxp"), TimeSpan.FromSeconds((long?)claims["idle"] ?? 0), isPersistent, Ordinal: 0),
            LastSeenAt = Time(claims, "iat"),
            Ticket = new AuthenticationTicket(new ClaimsPrincipal(identity), properties, CookieAuthenticationDefaults.AuthenticationScheme),
        });
    }

    private static DateTimeOffset Time(JsonObject claims, string name) => DateTimeOffset.FromUnixTimeSeconds((long?)claims[name] ?? 0);
}
