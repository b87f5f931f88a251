using Microsoft.Extensions.Logging;

namespace ShopSession.Sessions.Database.Cleaning;

internal static partial class CleaningLog
{
    [LoggerMessage(201, LogLevel.Information, "{Count} expired sessions were deleted.")]
    public static partial void Cleaned(ILogger logger, int count);

    [LoggerMessage(202, LogLevel.Warning, "Expired sessions could not be deleted now; trying again later.")]
    public static partial void Postponed(ILogger logger, Exception exception);
}
