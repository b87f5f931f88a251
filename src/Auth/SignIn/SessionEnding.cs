using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using ShopSession.Sessions;

namespace ShopSession.Auth.SignIn;

/// <summary>Ends sessions of the user who asks.</summary>
internal sealed class SessionEnding(ISessionDirectory directory, ILogger<SessionEnding> logger)
{
    /// <summary>Ends this session and has the browser drop the pages that it kept.</summary>
    public static async Task HereAsync(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        ForgetPages(context);
    }

    /// <summary>Ends every session of the user, this one too.</summary>
    public async Task EverywhereAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var user = context.User.UserId();
        var count = await directory.RevokeAllAsync(user, SessionActor.User(context.GetSharedSession().Handle), cancellationToken);
        AuthLog.SignedOutEverywhere(logger, user.Value, count);
        await HereAsync(context);
    }

    /// <summary>Ends every session of the user but this one, which gets a new id.</summary>
    public async Task OthersAsync(HttpContext context, UserId user)
    {
        // Not with the request's token: what this follows from is done, whether the browser waits for the answer or not.
        try
        {
            await context.GetSharedSession().EndOthersAsync(CancellationToken.None);
        }
        catch (SessionEndedException)
        {
            // This session itself ended in between and can end no others: then all of them end.
            await directory.RevokeAllAsync(user, SessionActor.PasswordChange(), CancellationToken.None);
        }
    }

    /// <summary>Ends one session. <see langword="false"/>: the user has none of that name.</summary>
    public async Task<bool> DeviceAsync(HttpContext context, SessionHandle session, CancellationToken cancellationToken)
    {
        var user = context.User.UserId();
        var here = context.GetSharedSession().Handle;
        if (!await directory.RevokeAsync(user, session, SessionActor.User(here), cancellationToken)) return false;
        AuthLog.SessionRevoked(logger, user.Value, session.Value[..Math.Min(8, session.Value.Length)]);
        if (here == session) await HereAsync(context);
        return true;
    }

    private static void ForgetPages(HttpContext context) => context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
}
