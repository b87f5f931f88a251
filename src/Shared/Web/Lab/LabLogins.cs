using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ShopSession.Sessions;

namespace ShopSession.Web.Lab;

/// <summary>Signs in (without a password), out, and changes ids, through the framework's own doors.</summary>
internal static class LabLogins
{
    public static void MapLabLogins(this RouteGroupBuilder session)
    {
        session.MapPost("/sign-in/{user}", async (string user, bool? remember, HttpContext context) =>
        {
            await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Principal(user), new AuthenticationProperties { IsPersistent = remember == true });
            return Results.Text(context.GetSharedSession().Handle?.Value);
        });
        session.MapPost("/sign-out", (HttpContext context) => context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme));
        session.MapPost("/rotate", (HttpContext context) => context.GetSharedSession().RotateAsync(context.RequestAborted).AsTask());
        session.MapPost("/end-others", (HttpContext context) => context.GetSharedSession().EndOthersAsync(context.RequestAborted).AsTask());
        session.MapGet("/user", (ClaimsPrincipal user) => Results.Text(user.Identity!.Name)).RequireAuthorization();
        session.MapGet("/seen", async (HttpContext context) =>
        {
            // Refused is only what the store knows nothing of, not what it cannot tell now.
            await context.Session.LoadAsync(context.RequestAborted);
            return Results.Text(context.User.Identity?.Name ?? "");
        }).WithoutSliding();
    }

    private static ClaimsPrincipal Principal(string user) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, user), new Claim(ClaimTypes.Name, user)], CookieAuthenticationDefaults.AuthenticationScheme));
}
