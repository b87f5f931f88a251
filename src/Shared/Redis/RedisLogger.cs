using Microsoft.Extensions.Logging;

namespace ShopSession.Redis;

/// <summary>
/// The application's logger, whose failures stay its own: the client logs where it connects, and a provider that throws once (a full disk is enough) must not end the attempts for good.
/// </summary>
internal sealed class RedisLogger(ILogger logger) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // There is nowhere else to tell it.
        }
    }
}
