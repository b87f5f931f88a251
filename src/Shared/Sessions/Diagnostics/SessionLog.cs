using Microsoft.Extensions.Logging;

namespace ShopSession.Sessions.Diagnostics;

internal static partial class SessionLog
{
    [LoggerMessage(1, LogLevel.Warning, "The session could not be read; the request goes on as far as it needs none.")]
    public static partial void ReadFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "{Count} cookies of the session's name came with one request; strays are expired.")]
    public static partial void DuplicateCookies(ILogger logger, int count);

    [LoggerMessage(3, LogLevel.Information, "Session {Session} ended: {Reason}.")]
    public static partial void Ended(ILogger logger, SessionHandle session, string reason);

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
}
