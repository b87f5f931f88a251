using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using ShopSession.Sessions.Http;
using ShopSession.Sessions.StepUp;

namespace ShopSession.Sessions.Authentication;

/// <summary>What happens when an endpoint needs a login: pages go to the login page (also on another sibling) and back, API calls get the status alone.</summary>
internal static class LoginRedirect
{
    public static Task ChallengeAsync(RedirectContext<CookieAuthenticationOptions> redirect, string loginUrl)
    {
        var context = redirect.HttpContext;
        // Nobody is sent to sign in because the store is away: their login is still there when it is back.
        if (context.Features.Get<ISharedSession>() is SharedSession { IsUnavailable: true })
            throw new SessionStoreUnavailableException("Whether you are signed in cannot be read now. Try again in a moment.");
        var stepUp = redirect.Properties.GetParameter<RecentSignInRequirement>(StepUpResultHandler.Parameter);
        if (WantsStatus(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            if (stepUp is not null) context.Response.Headers.WWWAuthenticate = $"Session error=\"insufficient_user_authentication\", max_age=\"{stepUp.Seconds()}\"";
            else if (context.Request.Headers.Authorization.Count > 0) context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return Task.CompletedTask;
        }

        // Only what a GET shows can be returned to.
        var target = HttpMethods.IsGet(context.Request.Method) ? context.Request.GetEncodedUrl() : null;
        var location = loginUrl.Length == 0 ? redirect.RedirectUri : loginUrl;
        if (target is not null && loginUrl.Length > 0) location = QueryHelpers.AddQueryString(location, "returnUrl", target);
        if (stepUp is not null) location = QueryHelpers.AddQueryString(location, "stepUp", "true");
        context.Response.Redirect(location);
        return Task.CompletedTask;
    }

    public static Task ForbidAsync(RedirectContext<CookieAuthenticationOptions> redirect)
    {
        redirect.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool WantsStatus(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        || request.Headers.Authorization.Count > 0
        || request.Headers.XRequestedWith == "XMLHttpRequest"
        || (request.Headers.Accept.ToString() is { Length: > 0 } accept
            && accept.Contains("json", StringComparison.OrdinalIgnoreCase)
            && !accept.Contains("html", StringComparison.OrdinalIgnoreCase));
}
