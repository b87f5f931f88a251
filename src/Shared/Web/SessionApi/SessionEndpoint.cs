using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ShopSession.Sessions;
using ShopSession.Web.Replicas;

namespace ShopSession.Web.SessionApi;

/// <summary>What a client may know about its session; the same at every service.</summary>
/// <param name="Authenticated">Whether the visitor is signed in.</param>
/// <param name="UserName">The name to show.</param>
/// <param name="UserId">The account's id.</param>
/// <param name="Fingerprint">The first 8 hex digits of the stored (hashed) id.</param>
/// <param name="CreatedAt">When the session began.</param>
/// <param name="LastSeenAt">When it was last used.</param>
/// <param name="ExpiresAt">When it ends if it is not used.</param>
/// <param name="Strategy">Where session data lives.</param>
/// <param name="Replica">Which replica answered.</param>
internal sealed record SessionDescription(
    bool Authenticated,
    string? UserName,
    string? UserId,
    string? Fingerprint,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? LastSeenAt,
    DateTimeOffset? ExpiresAt,
    string? Strategy,
    string Replica);

internal static class SessionEndpoint
{
    public static void MapSessionApi(this WebApplication app) =>
        app.MapGet("/api/session", async (HttpContext context, ReplicaName replica) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            // "Not signed in" is never said of a login that the store only cannot show now: this fails then, and the answer is 503.
            await context.Session.LoadAsync(context.RequestAborted);
            var session = context.Features.Get<ISharedSession>();
            var user = context.User.Identity is { IsAuthenticated: true } ? context.User : null;
            return new SessionDescription(
                user is not null,
                user?.Identity?.Name,
                user?.FindFirstValue(ClaimTypes.NameIdentifier),
                session?.Fingerprint,
                session?.CreatedAt,
                session?.LastSeenAt,
                session?.ExpiresAt,
                session?.Strategy,
                replica.Replica);
        }).WithoutSliding();
}
