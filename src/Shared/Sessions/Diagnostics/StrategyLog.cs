using Microsoft.Extensions.Logging;

namespace ShopSession.Sessions.Diagnostics;

internal static partial class StrategyLog
{
    [LoggerMessage(101, LogLevel.Warning, "Session:Strategy is '{Strategy}': {Caution} See docs/strategies.md.")]
    public static partial void Caution(ILogger logger, string strategy, string caution);

    [LoggerMessage(102, LogLevel.Warning, "The keys that sign tokens could not be read; trying again.")]
    public static partial void KeysUnread(ILogger logger, Exception exception);

    [LoggerMessage(103, LogLevel.Critical, "Session:Transport is 'url': every address carries the session's id ({Parameter}=…). Whoever sees an address, in a Referer header, a log, a history or a shared link, is signed in. For the lab only; see docs/strategies.md.")]
    public static partial void IdsInUrls(ILogger logger, string parameter);
}
