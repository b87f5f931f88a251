using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Transports;

namespace ShopSession.Sessions.Http;

/// <summary>
/// The session of one request: what was read, what the request changed, and what is owed to the client. Everything is read before the endpoint runs, so that
/// the synchronous members of <see cref="ISession"/> never wait.
/// </summary>
internal sealed partial class SharedSession(HttpContext context, SharedSessionServices services) : ISharedSession
{
    private readonly SessionChanges _changes = new();
    private PresentedIds? _presented;
    private SessionId? _id;
    private SessionRecord? _record;
    private SessionStoreUnavailableException? _failure;
    private bool _loaded;
    private bool _touch;

    public bool Exists => _record is not null;

    public SessionHandle? Handle => _record?.Handle;

    public string? Fingerprint => _id is null || _record is null ? null : SessionFingerprint.Of(_id);

    public DateTimeOffset? CreatedAt => _record?.Birth.CreatedAt;

    public DateTimeOffset? AuthenticatedAt => _record?.Ticket?.Properties.GetAuthenticatedAt();

    public DateTimeOffset? LastSeenAt => _record?.LastSeenAt;

    public DateTimeOffset? ExpiresAt => _record?.ExpiresAt;

    public string Strategy => services.Store.Name;

    /// <summary>The id of the live session, for what must look it up again; <see langword="null"/> also where only the client knows how the session goes on.</summary>
    public SessionId? PresentedId => _record is null || services.Carrier.IsWhole ? null : _id;

    /// <summary>What links carry on where the id travels in addresses: the live session's id, or the one presented while the store cannot say whether it lives.</summary>
    public SessionId? IdForLinks
    {
        get
        {
            if (_presented is null or { Transport: SessionIdTransport.Bearer }) return null;
            if (_record is not null) return _id;
            return IsUnavailable && _presented.Candidates is [var candidate, ..] ? candidate : null;
        }
    }

    public bool IsUnavailable => _failure is not null;

    /// <summary>The login as cookie authentication wants it: a copy, since the record may be shared and claims transformations change principals.</summary>
    public AuthenticationTicket? Ticket => _record?.Ticket is { } ticket
        ? new AuthenticationTicket(ticket.Principal.Clone(), ticket.Properties.Clone(), ticket.AuthenticationScheme)
        : null;

    /// <exception cref="SessionStoreUnavailableException">A session was presented and the store did not say what it is: it may well be a login.</exception>
    public void ThrowIfUnavailable()
    {
        if (_failure is not null) throw new SessionStoreUnavailableException("The session could not be read, so nothing that needs it can be done now. Try again in a moment.", _failure);
    }

    private void ThrowIfSuperseded()
    {
        if (_record?.IsSuperseded == true) ThrowUnlessSaved(SaveOutcome.Superseded);
    }

    private void ThrowUnlessSaved(SaveOutcome outcome)
    {
        if (outcome == SaveOutcome.Saved) return;
        services.Metrics.Rejected(outcome == SaveOutcome.Ended ? "ended" : "superseded", 1);
        throw new SessionEndedException(outcome == SaveOutcome.Ended
            ? "The session ended while the request was on its way; its changes were not stored. Repeat the request."
            : "The session's id was replaced while the request was on its way; its changes were not stored. Repeat the request.");
    }
}
