using System.Diagnostics;
using ShopSession.Sessions.Stores;

namespace ShopSession.Sessions.Diagnostics;

/// <summary>Measures calls of the store: a span, the duration and the failures of each. Safe for concurrent use.</summary>
/// <param name="store">The store in force; its name stands in the spans.</param>
/// <param name="metrics">Where durations and failures go.</param>
/// <param name="tracing">Where spans go.</param>
internal sealed class StoreObserver(ISessionStore store, SessionMetrics metrics, SessionTracing tracing)
{
    /// <param name="operation">What is done, for example <c>read</c>.</param>
    /// <param name="call">Does it.</param>
    public async ValueTask<T> ObserveAsync<T>(string operation, Func<ValueTask<T>> call)
    {
        var started = metrics.MeasuresDuration ? Stopwatch.GetTimestamp() : 0;
        using var span = tracing.Start(operation, store.Name);
        var failed = false;
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (SessionStoreUnavailableException)
        {
            failed = true;
            span?.SetStatus(ActivityStatusCode.Error, "unavailable");
            metrics.StoreFailed(operation);
            throw;
        }
        finally
        {
            if (started != 0) metrics.StoreCalled(operation, Stopwatch.GetElapsedTime(started), failed);
        }
    }
}
