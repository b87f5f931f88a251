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
        services.Budget.Check(context);
        _presented = services.Carrier.Read(context.Request);
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
            services.Cookie.ClearStrays(context, services.Cookie.Name);
        }
        else if (_record is null && _presented.Transport == SessionIdTransport.Cookie && IsNavigation())
        {
            // One value, and it is no session: perhaps left over from another domain setting, where nothing else would ever remove it and it would shadow what comes next. The real one is not
            // touched, also when it is this one and has just ended: an answer that is late would take away the cookie of a sign-in that went before it.
            services.Cookie.ClearStrays(context, services.Cookie.Name);
        }

        if (_record is null) return;
        services.Totals.Request();
        if (context.GetEndpoint()?.Metadata.GetMetadata<WithoutSlidingAttribute>() is not null || _record is not { IsSuperseded: false } live) return;
        services.InUse.Saw(live.Handle, live.Ticket is not null);
        _touch = services.Store.Clock.GetUtcNow() - live.LastSeenAt >= services.Options.SlidingIntervalOf(live.Birth.IdleTimeout, live.Ticket is not null);
    }

    /// <summary>Whether a page is asked for, and not one of its parts: those would repeat the same answer.</summary>
    private bool IsNavigation() => context.Request.Headers["Sec-Fetch-Dest"].ToString() is "" or "document";
}
