using Microsoft.AspNetCore.Http;
using ShopSession.Sessions.Diagnostics;
using ShopSession.Sessions.Transports;

namespace ShopSession.Sessions.Http;

// Reading: before the endpoint runs.
internal sealed partial class SharedSession
{
    /// <summary>Reads the session that the request presents. Anonymous browsing goes on when the store does not answer; what needs the session then says so.</summary>
    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        if (_loaded) return;
        _loaded = true;
        _presented = PresentedIds.Of(context.Request, services.Cookie.Name);
        if (_presented.Malformed > 0) services.Metrics.Rejected("malformed", _presented.Malformed);
        try
        {
            foreach (var candidate in _presented.Candidates)
            {
                if (await services.Store.ReadAsync(candidate, cancellationToken).ConfigureAwait(false) is not { } record) continue;
                _id = candidate;
                _record = record;
                break;
            }
        }
        catch (SessionStoreUnavailableException exception)
        {
            _failure = exception;
            SessionLog.ReadFailed(services.Logger, exception);
            return;
        }

        if (_record is null && _presented.Candidates.Count > 0) services.Metrics.Rejected("unknown", _presented.Candidates.Count);
        if (_presented.IsDuplicated)
        {
            services.Metrics.Rejected("duplicate", _presented.Candidates.Count + _presented.Malformed - 1);
            SessionLog.DuplicateCookies(services.Logger, _presented.Candidates.Count + _presented.Malformed);
            services.Cookie.ClearStrays(context);
        }

        _touch = _record is { IsSuperseded: false } live
            && context.GetEndpoint()?.Metadata.GetMetadata<NoSlidingMetadata>() is null
            && services.Store.Clock.GetUtcNow() - live.LastSeenAt >= services.Options.SlidingIntervalOf(live.Birth.IdleTimeout, live.Ticket is not null);
    }
}
