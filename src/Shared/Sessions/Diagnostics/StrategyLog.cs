using Microsoft.Extensions.Logging;

namespace ShopSession.Sessions.Diagnostics;

internal static partial class StrategyLog
{
    [LoggerMessage(101, LogLevel.Warning, "Session:Strategy is '{Strategy}': {Caution} See docs/strategies.md.")]
    public static partial void Caution(ILogger logger, string strategy, string caution);

    [LoggerMessage(102, LogLevel.Warning, "The keys that sign tokens could not be read; trying again.")]
    public static partial void KeysUnread(ILogger logger, Exception exception);
}
