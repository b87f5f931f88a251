using Microsoft.Extensions.Logging;

namespace ShopSession.Sessions.Diagnostics;

internal static partial class StrategyLog
{
    [LoggerMessage(101, LogLevel.Warning, "Session:Strategy is '{Strategy}': {Caution} See docs/strategies.md.")]
    public static partial void Caution(ILogger logger, string strategy, string caution);
}
