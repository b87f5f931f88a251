using System.Diagnostics;

namespace ShopSession.Sessions.Diagnostics;

/// <summary>The spans of store accesses, in the source <c>ShopSession.Sessions</c>. They name the operation and the store, never an id, key or user. Safe for concurrent use.</summary>
internal sealed class SessionTracing : IDisposable
{
    private readonly ActivitySource _source = new(SessionMetrics.MeterName);

    /// <summary>A span under the request's; <see langword="null"/> when nobody listens.</summary>
    public Activity? Start(string operation, string store)
    {
        if (!_source.HasListeners()) return null;
        var activity = _source.StartActivity($"session {operation}");
        activity?.SetTag("shopsession.operation", operation);
        activity?.SetTag("shopsession.store", store);
        return activity;
    }

    public void Dispose() => _source.Dispose();
}
