using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;
using ShopSession.Sessions;

namespace ShopSession.Auth.Api;

/// <summary>
/// What the shop's other services may know of an account, as it is now: a session carries what was true when its user signed in. Reached with the
/// shop's own key only, as everything below <c>/internal</c>.
/// </summary>
internal static class InternalUsers
{
    public static void MapInternalUsers(this IEndpointRouteBuilder app) =>
        app.MapGet("/internal/users/{id}", FindAsync).DisableSharedSession();

    private static async Task<IResult> FindAsync(string id, HttpContext context, AuthDbContext db, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Email != null, cancellationToken);
        return user is null ? Results.NotFound() : Results.Ok(new InternalUser(user.Id, user.Email!, user.EmailConfirmed, user.DisplayName));
    }
}
