using Microsoft.Extensions.Logging;

namespace ShopSession.Sessions.Diagnostics;

/// <summary>Tells the log and the metrics what becomes of sessions. Handles name them; ids, names and addresses are never told. Safe for concurrent use.</summary>
internal sealed class SessionReporter(SessionMetrics metrics, ILogger<SessionReporter> logger)
{
    public void Created(SessionHandle session)
    {
        metrics.Created();
        SessionLog.Created(logger, session);
    }

    public void SignedIn(SessionHandle session, bool isStepUp)
    {
        metrics.SignedIn(isStepUp);
        if (isStepUp) SessionLog.SteppedUp(logger, session);
        else SessionLog.SignedIn(logger, session);
    }

    public void Rotated(SessionHandle before, SessionHandle after)
    {
        metrics.Rotated();
        SessionLog.Rotated(logger, before, after);
    }

    public void SignedOut(SessionHandle session)
    {
        metrics.SignedOut();
        SessionLog.SignedOut(logger, session);
    }

    public void Revoked(SessionHandle session, SessionActor by)
    {
        metrics.Revoked(by.Role);
        SessionLog.Revoked(logger, session, by);
    }

    /// <summary>Sessions of one user that were found to have ended by themselves.</summary>
    public void Expired(long count)
    {
        if (count == 0) return;
        metrics.Expired(count);
        SessionLog.Expired(logger, count);
    }

    public void Read(bool isNear) => metrics.Read(isNear);
}
