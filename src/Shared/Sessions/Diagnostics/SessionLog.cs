using Microsoft.Extensions.Logging;

namespace ShopSession.Sessions.Diagnostics;

internal static partial class SessionLog
{
    [LoggerMessage(1, LogLevel.Warning, "The session could not be read; the request goes on as far as it needs none.")]
    public static partial void ReadFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "{Count} cookies of the session's name came with one request; strays are expired.")]
    public static partial void DuplicateCookies(ILogger logger, int count);

    [LoggerMessage(3, LogLevel.Information, "Session {Session} was signed out.")]
    public static partial void SignedOut(ILogger logger, SessionHandle session);

    [LoggerMessage(4, LogLevel.Warning, "The session's time of last use could not be written.")]
    public static partial void TouchFailed(ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "A request that needs its session was answered with 503: the store does not answer.")]
    public static partial void StoreUnavailable(ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Information, "A request was refused with 409: {Reason}")]
    public static partial void Refused(ILogger logger, string reason);

    [LoggerMessage(7, LogLevel.Warning, "The key ring could not be prepared yet; trying again in {Delay}.")]
    public static partial void KeyRingWaits(ILogger logger, TimeSpan delay, Exception exception);

    [LoggerMessage(8, LogLevel.Information, "A data-protection key was made; it is in force from {Activation:O} to {Expiration:O}.")]
    public static partial void KeyMade(ILogger logger, DateTimeOffset activation, DateTimeOffset expiration);

    [LoggerMessage(9, LogLevel.Warning, "Announcements of ended sessions cannot be heard now; trying again.")]
    public static partial void EndingsUnheard(ILogger logger, Exception exception);

    [LoggerMessage(10, LogLevel.Debug, "The anonymous session {Session} began.")]
    public static partial void Created(ILogger logger, SessionHandle session);

    [LoggerMessage(11, LogLevel.Information, "Session {Session} was signed in.")]
    public static partial void SignedIn(ILogger logger, SessionHandle session);

    [LoggerMessage(12, LogLevel.Information, "Session {Session} was signed in by a user who was signed in already (step-up).")]
    public static partial void SteppedUp(ILogger logger, SessionHandle session);

    [LoggerMessage(13, LogLevel.Information, "Session {Before} changed its id and is now {Session}.")]
    public static partial void Rotated(ILogger logger, SessionHandle before, SessionHandle session);

    [LoggerMessage(14, LogLevel.Information, "Session {Session} was revoked by {Actor}.")]
    public static partial void Revoked(ILogger logger, SessionHandle session, SessionActor actor);

    [LoggerMessage(16, LogLevel.Warning, "A request carried {Bytes} bytes of cookies; the budget is {Budget}. {Strays} strays of the site's own names are expired. Servers refuse 8 to 32 KiB of headers: look for what sets so many cookies on this domain (Session:CookieBudgetBytes).")]
    public static partial void CookiesOverBudget(ILogger logger, int bytes, int budget, int strays);

    [LoggerMessage(15, LogLevel.Information, "{Count} sessions of a user were found expired.")]
    public static partial void Expired(ILogger logger, long count);

    [LoggerMessage(17, LogLevel.Warning, "The store had lost the key ring; its {Count} elements were given back. To do away with keys, revoke them.")]
    public static partial void KeyRingGivenBack(ILogger logger, int count);
}
