using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Transports;

namespace ShopSession.Sessions.Http;

// Sign-in, sign-out and change of id: what gives the client another id.
internal sealed partial class SharedSession
{
    public async Task SignInAsync(AuthenticationTicket ticket, CancellationToken cancellationToken)
    {
        var before = _record;
        var user = before?.Ticket?.Principal.FindFirstValue(ClaimTypes.NameIdentifier);
        var started = await StartAsync(ticket, _record is null ? null : _id, cancellationToken).ConfigureAwait(false);
        Adopt(started);
        if (before is not null && ticket.Properties.IsSessionRenewal()) services.Report.Rotated(before.Handle, started.Id.Handle);
        else services.Report.SignedIn(started.Id.Handle, isStepUp: user is not null && user == ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier));
    }

    public async ValueTask<string> SignInForTokenAsync(ClaimsPrincipal principal, AuthenticationProperties? properties = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(principal);
        var ticket = new AuthenticationTicket(principal, properties ?? new AuthenticationProperties(), CookieAuthenticationDefaults.AuthenticationScheme);
        var started = await StartAsync(ticket, replaces: null, cancellationToken).ConfigureAwait(false);
        services.Report.SignedIn(started.Id.Handle, isStepUp: false);
        return services.Carrier.TokenOf(started.Id, started.Record);
    }

    public async Task SignOutAsync(CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        if (_id is null || _record is null) return;
        await services.Store.EndAsync(_id, cancellationToken).ConfigureAwait(false);
        services.Report.SignedOut(_record.Handle);
        services.InUse.Forget(_record.Handle);
        _id = null;
        _record = null;
        _touch = false;
        _changes.Reset();
        if (_presented?.Transport is SessionIdTransport.Cookie or SessionIdTransport.Url) services.Carrier.Clear(context);
    }

    public ValueTask RotateAsync(CancellationToken cancellationToken = default) => RotateAsync(endOthers: null, cancellationToken);

    public ValueTask EndOthersAsync(CancellationToken cancellationToken = default) => EndOthersAsync(SessionActorKind.PasswordChange, cancellationToken);

    public ValueTask EndOthersAsync(SessionActorKind reason, CancellationToken cancellationToken = default) => RotateAsync(reason, cancellationToken);

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
        var renews = properties.TakeSessionRenewal();
        if (renews)
        {
            ThrowUnlessOwn(userId);
            // Read while this session is still known to live: what ends all sessions from here on ends the renewed one too.
            generation ??= await services.Store.GetGenerationAsync(new UserId(userId), cancellationToken).ConfigureAwait(false);
        }

        properties.SetAuthenticatedAt((renews ? AuthenticatedAt : null) ?? services.Store.Clock.GetUtcNow());
        return await services.Store.SignInAsync(
            new SignInRequest(
                new UserId(userId),
                new AuthenticationTicket(ticket.Principal, properties, ticket.AuthenticationScheme),
                _record is { IsSuperseded: false } ? replaces : null,
                context.Request.Headers.UserAgent.ToString(),
                context.Connection.RemoteIpAddress?.ToString() ?? "",
                generation,
                renews),
            cancellationToken).ConfigureAwait(false);
    }

    private void ThrowUnlessOwn(string userId)
    {
        ThrowIfSuperseded();
        if (_record?.Ticket?.Principal.FindFirstValue(ClaimTypes.NameIdentifier) != userId)
            throw new InvalidOperationException("Only a session that its user is signed in to can be renewed: sign in without SetSessionRenewal.");
    }

    private async ValueTask RotateAsync(SessionActorKind? endOthers, CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        ThrowIfSuperseded();
        if (_id is null || _record is null) throw new InvalidOperationException("There is no session whose id could be changed: sign in first.");
        if (!_changes.IsEmpty) await CommitAsync(create: false, cancellationToken).ConfigureAwait(false);
        var before = _record.Handle;
        Adopt(await services.Store.RotateAsync(_id, endOthers, cancellationToken).ConfigureAwait(false));
        services.Report.Rotated(before, _record.Handle);
    }

    private void Adopt(StartedSession started)
    {
        if (_record is not null) services.InUse.Forget(_record.Handle);
        services.InUse.Saw(started.Record.Handle, started.Record.Ticket is not null);
        Hand(started.Id, started.Record);
        Keep(started.Id, started.Record);
        _touch = false;
    }

    private void Keep(SessionId id, SessionRecord record)
    {
        _id = services.Carrier.IsWhole ? id.Carrying(record) : id;
        _record = record;
    }

    /// <summary>Gives the client what it keeps.</summary>
    private void Hand(SessionId id, SessionRecord record)
    {
        if (_presented?.Transport == SessionIdTransport.Bearer) context.Response.Headers["X-Session-Token"] = services.Carrier.TokenOf(id, record);
        else services.Carrier.Set(context, id, record, services.Store.Clock.GetUtcNow());
    }
}
