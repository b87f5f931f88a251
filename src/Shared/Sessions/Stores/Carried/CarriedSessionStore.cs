using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace ShopSession.Sessions.Stores.Carried;

/// <summary>
/// The store where there is none: each id carries its session (<see cref="SessionId.Carried"/>), and what becomes of it goes back to the client. So nothing can be listed, counted or ended from elsewhere, and what a
/// client keeps is accepted until it expires. Safe for concurrent use.
/// </summary>
internal class CarriedSessionStore(string name, IOptions<SharedSessionOptions> options, TimeProvider time) : ISessionStore, ISessionDirectory
{
    public string Name => name;

    public TimeProvider Clock => time;

    public ValueTask<SessionRecord?> ReadAsync(SessionId id, CancellationToken cancellationToken) => new(Live(id));

    public ValueTask<SessionRecord> CreateAsync(SessionId id, SessionChanges changes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return new ValueTask<SessionRecord>(new SessionRecord
        {
            Handle = id.Handle,
            Birth = SessionBirth.OfGuest(options.Value, now),
            LastSeenAt = now,
            Attributes = changes.Attributes.Where(change => change.Value is not null).ToDictionary(change => change.Key, change => change.Value!, StringComparer.Ordinal),
        });
    }

    public ValueTask<SaveOutcome> SaveAsync(SessionId id, SessionRecord seen, SessionChanges changes, CancellationToken cancellationToken) =>
        new(time.GetUtcNow() < seen.ExpiresAt ? SaveOutcome.Saved : SaveOutcome.Ended);

    public ValueTask<(SaveOutcome Outcome, long Value)> IncrementAsync(SessionId id, SessionRecord seen, string counter, long by, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A counter that the client carries is an attribute of its session.");

    public ValueTask<StartedSession> SignInAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var old = request.Replaces is { } replaced ? Live(replaced) : null;
        if (request.Renews && old is null) throw new SessionEndedException("The session ended while the request was on its way. Sign in again.");
        // What passes to the new session: the guest's things, or the same user's; never another user's.
        var isOwn = old?.Ticket?.Principal.FindFirstValue(ClaimTypes.NameIdentifier) == request.User.Value;
        if (old?.Ticket is not null && !isOwn) old = null;
        var birth = request.Renews
            ? old!.Birth
            : SessionBirth.OfLogin(options.Value, now, isOwn ? old!.Birth.CreatedAt : now, request.Ticket.Properties.IsPersistent, ordinal: 0);
        // No index is looked up by it.
        var id = SessionId.NewFor(new UserTag(System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(UserTag.ByteLength))));
        return new ValueTask<StartedSession>(new StartedSession(id, new SessionRecord
        {
            Handle = id.Handle,
            Birth = birth,
            LastSeenAt = now,
            Ticket = request.Ticket.Clone(),
            Attributes = old?.Attributes ?? new Dictionary<string, byte[]>(),
        }));
    }

    public ValueTask<StartedSession> RotateAsync(SessionId id, bool endOthers, CancellationToken cancellationToken)
    {
        var old = Live(id) ?? throw new SessionEndedException("The session ended while the request was on its way. Repeat the request.");
        var successor = id.IsSignedIn ? SessionId.NewFor(new UserTag(id.Tag)) : SessionId.NewAnonymous();
        return new ValueTask<StartedSession>(new StartedSession(successor, new SessionRecord
        {
            Handle = successor.Handle,
            Birth = old.Birth,
            LastSeenAt = time.GetUtcNow(),
            Ticket = old.Ticket,
            Attributes = old.Attributes,
        }));
    }

    public ValueTask EndAsync(SessionId id, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<long> GetGenerationAsync(UserId user, CancellationToken cancellationToken = default) => new(0);

    /// <summary>Always empty: <see cref="SessionPromises.WhyNoList"/>.</summary>
    public ValueTask<IReadOnlyList<SessionDevice>> ListAsync(UserId user, CancellationToken cancellationToken = default) => new((IReadOnlyList<SessionDevice>)[]);

    public ValueTask<bool> RevokeAsync(UserId user, SessionHandle session, CancellationToken cancellationToken = default) => new(false);

    public ValueTask<int> RevokeAllAsync(UserId user, CancellationToken cancellationToken = default) => new(0);

    private SessionRecord? Live(SessionId id) => id.Carried is { } record && time.GetUtcNow() < record.ExpiresAt ? record : null;
}
