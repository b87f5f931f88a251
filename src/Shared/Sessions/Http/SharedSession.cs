using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using ShopSession.Sessions.Diagnostics;
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

    /// <summary>The id of the live session, for what must look it up again.</summary>
    public SessionId? PresentedId => _record is null ? null : _id;

    public bool IsUnavailable => _failure is not null;

    /// <summary>The login as cookie authentication wants it: a copy, since the record may be shared and claims transformations change principals.</summary>
    public AuthenticationTicket? Ticket => _record?.Ticket is { } ticket
        ? new AuthenticationTicket(ticket.Principal.Clone(), ticket.Properties.Clone(), ticket.AuthenticationScheme)
        : null;

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
            services.Metrics.StoreFailed();
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
            && services.Store.Clock.GetUtcNow() - live.LastSeenAt >= services.Options.EffectiveSlidingInterval;
    }

    public async Task SignInAsync(AuthenticationTicket ticket, CancellationToken cancellationToken)
    {
        var started = await StartAsync(ticket, _record is null ? null : _id, cancellationToken).ConfigureAwait(false);
        Adopt(started);
        services.Metrics.SignedIn();
    }

    public async ValueTask<string> SignInForTokenAsync(ClaimsPrincipal principal, AuthenticationProperties? properties = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(principal);
        var ticket = new AuthenticationTicket(principal, properties ?? new AuthenticationProperties(), CookieAuthenticationDefaults.AuthenticationScheme);
        var started = await StartAsync(ticket, replaces: null, cancellationToken).ConfigureAwait(false);
        services.Metrics.SignedIn();
        return started.Id.Reveal();
    }

    public async Task SignOutAsync(CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        if (_id is null || _record is null) return;
        await services.Store.EndAsync(_id, cancellationToken).ConfigureAwait(false);
        services.Metrics.Ended("sign-out");
        SessionLog.Ended(services.Logger, _record.Handle, "sign-out");
        _id = null;
        _record = null;
        _touch = false;
        _changes.Reset();
        if (_presented?.Transport == SessionIdTransport.Cookie) services.Cookie.Clear(context);
    }

    public ValueTask RotateAsync(CancellationToken cancellationToken = default) => RotateAsync(endOthers: false, cancellationToken);

    public ValueTask EndOthersAsync(CancellationToken cancellationToken = default) => RotateAsync(endOthers: true, cancellationToken);

    public async ValueTask<long> IncrementAsync(string counter, long by = 1, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(counter);
        ThrowIfUnavailable();
        if (_record is null) await CommitAsync(create: true, cancellationToken).ConfigureAwait(false);
        ThrowIfSuperseded();
        var (outcome, value) = await services.Store.IncrementAsync(_id!, _record!, counter, by, cancellationToken).ConfigureAwait(false);
        ThrowUnlessSaved(outcome);
        return value;
    }

    /// <summary>Stores what is owed. Called before the first byte of the response leaves, and again at its end.</summary>
    public ValueTask CommitAsync(CancellationToken cancellationToken) => CommitAsync(create: false, cancellationToken);

    /// <summary>Counts as use now, whatever the sliding interval. Unlike the sliding of ordinary requests its failure is told.</summary>
    public async ValueTask UseAsync(CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        ThrowIfSuperseded();
        if (_id is null || _record is null) return;
        _touch = false;
        ThrowUnlessSaved(await services.Store.SaveAsync(_id, _record, _changes, cancellationToken).ConfigureAwait(false));
    }

    private async ValueTask CommitAsync(bool create, CancellationToken cancellationToken)
    {
        if (_changes.IsEmpty && !create)
        {
            if (_touch) await TouchAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            await StoreAsync(create, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Stored or refused: the page that reports a failure must not meet it again.
            _changes.Reset();
        }
    }

    private async ValueTask StoreAsync(bool create, CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        if (_record is null)
        {
            if (!create && _changes.Attributes.Values.All(value => value is null)) return;
            var id = SessionId.NewAnonymous();
            var record = await services.Store.CreateAsync(id, _changes, cancellationToken).ConfigureAwait(false);
            services.Metrics.Created();
            Adopt(new StartedSession(id, record));
            return;
        }

        ThrowIfSuperseded();
        ThrowUnlessSaved(await services.Store.SaveAsync(_id!, _record, _changes, cancellationToken).ConfigureAwait(false));
        _record = WithChanges(_record);
        _touch = false;
    }

    private async ValueTask TouchAsync(CancellationToken cancellationToken)
    {
        _touch = false;
        try
        {
            await services.Store.SaveAsync(_id!, _record!, _changes, cancellationToken).ConfigureAwait(false);
        }
        catch (SessionStoreUnavailableException exception)
        {
            // Nothing was promised but the time of last use; the next request writes it. The response must not fail for it.
            SessionLog.TouchFailed(services.Logger, exception);
        }
    }

    private async ValueTask<StartedSession> StartAsync(AuthenticationTicket ticket, SessionId? replaces, CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        var userId = ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier);
        if (string.IsNullOrEmpty(userId))
            throw new InvalidOperationException($"The principal that signs in has no claim {ClaimTypes.NameIdentifier}: the session needs the account's id to list and end its sessions.");
        // The changes of this request so far belong to what the sign-in takes over.
        if (replaces is not null && !_changes.IsEmpty) await CommitAsync(create: false, cancellationToken).ConfigureAwait(false);
        var properties = ticket.Properties.Clone();
        var generation = properties.TakeSessionGeneration();
        // The record's own times count, by the store's clock; these would be judged by this replica's.
        properties.IssuedUtc = null;
        properties.ExpiresUtc = null;
        properties.SetAuthenticatedAt(services.Store.Clock.GetUtcNow());
        return await services.Store.SignInAsync(
            new SignInRequest(
                new UserId(userId),
                new AuthenticationTicket(ticket.Principal, properties, ticket.AuthenticationScheme),
                _record is { IsSuperseded: false } ? replaces : null,
                context.Request.Headers.UserAgent.ToString(),
                context.Connection.RemoteIpAddress?.ToString() ?? "",
                generation),
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask RotateAsync(bool endOthers, CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        ThrowIfSuperseded();
        if (_id is null || _record is null) throw new InvalidOperationException("There is no session whose id could be changed: sign in first.");
        if (!_changes.IsEmpty) await CommitAsync(create: false, cancellationToken).ConfigureAwait(false);
        Adopt(await services.Store.RotateAsync(_id, endOthers, cancellationToken).ConfigureAwait(false));
        services.Metrics.Rotated();
    }

    private void Adopt(StartedSession started)
    {
        _id = started.Id;
        _record = started.Record;
        _touch = false;
        if (_presented?.Transport == SessionIdTransport.Bearer) context.Response.Headers["X-Session-Token"] = started.Id.Reveal();
        else services.Cookie.Set(context, started.Id, started.Record.Birth, services.Store.Clock.GetUtcNow());
    }

    private SessionRecord WithChanges(SessionRecord record)
    {
        var attributes = new Dictionary<string, byte[]>(record.Attributes, StringComparer.Ordinal);
        foreach (var (name, value) in _changes.Attributes)
        {
            if (value is null) attributes.Remove(name);
            else attributes[name] = value;
        }

        return new SessionRecord
        {
            Handle = record.Handle,
            Birth = record.Birth,
            LastSeenAt = services.Store.Clock.GetUtcNow(),
            Ticket = record.Ticket,
            Attributes = attributes,
        };
    }

    private void ThrowIfUnavailable()
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
