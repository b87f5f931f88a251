using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ShopSession.Sessions.Database.Model;
using ShopSession.Sessions.Stores;

namespace ShopSession.Sessions.Database.Store;

// Sign-in and change of id: one transaction each. The user's row is locked first, then sessions: everywhere in this order.
internal sealed partial class DatabaseSessionStore
{
    public async ValueTask<StartedSession> SignInAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        var tag = UserTag.For(request.User, await tagKey.GetAsync(cancellationToken).ConfigureAwait(false));
        return await database.TransactAsync(async context =>
        {
            var counted = await CountAsync(context, tag.Value, signIns: 1, generations: 0, cancellationToken).ConfigureAwait(false);
            if (request.Generation is { } seen && seen != counted.Generation)
                throw new SessionEndedException("All sessions of this account were ended while this sign-in was under way. Sign in again.");
            var id = SessionId.NewFor(tag);
            // What passes to the new session: the guest's things, or the same user's; never another user's.
            var inherits = request.Replaces is { } replaced && (!replaced.IsSignedIn || replaced.Tag == tag.Value);
            SessionRecord? carried = null;
            if (inherits && await SupersedeAsync(context, request.Replaces!, id.Handle, cancellationToken).ConfigureAwait(false))
                carried = (await RowAsync(context, request.Replaces!, cancellationToken).ConfigureAwait(false)).ToSession(request.Replaces!);
            else if (request.Replaces is { } foreign && !inherits)
                await context.Sessions.Where(row => row.Handle == foreign.Handle.Value).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            if (request.Renews && carried is null) throw new SessionEndedException("The session ended while the request was on its way. Sign in again.");
            await ApplyLimitAsync(context, tag, cancellationToken).ConfigureAwait(false);

            var now = clock.GetUtcNow();
            var birth = request.Renews && carried is not null
                ? carried.Birth with { Ordinal = counted.SignIns }
                : SessionBirth.OfLogin(
                    _options, now, carried is not null && request.Replaces!.IsSignedIn ? carried.Birth.CreatedAt : now, request.Ticket.Properties.IsPersistent, counted.SignIns);
            await InsertAsync(context, id, birth, now, request.Ticket, devices.Protect(request.UserAgent, request.Address), cancellationToken).ConfigureAwait(false);
            if (carried is not null) await InheritAsync(context, id, request.Replaces!.Handle, carried, cancellationToken).ConfigureAwait(false);
            return new StartedSession(id, Started(id, birth, now, request.Ticket, carried));
        }, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<StartedSession> RotateAsync(SessionId id, bool endOthers, CancellationToken cancellationToken) => database.TransactAsync(
        async context =>
        {
            if (endOthers && id.IsSignedIn) await CountAsync(context, id.Tag, signIns: 0, generations: 1, cancellationToken).ConfigureAwait(false);
            var successor = id.IsSignedIn ? SessionId.NewFor(new UserTag(id.Tag)) : SessionId.NewAnonymous();
            if (!await SupersedeAsync(context, id, successor.Handle, cancellationToken).ConfigureAwait(false))
                throw new SessionEndedException("The session ended, or its id was replaced, while the request was on its way. Repeat the request.");
            var old = await RowAsync(context, id, cancellationToken).ConfigureAwait(false);
            var carried = old.ToSession(id) ?? throw new SessionEndedException("The session's record could not be read. Sign in again.");
            if (endOthers && id.IsSignedIn)
            {
                await context.Sessions.Where(row => row.Tag == id.Tag && row.Ordinal > 0 && row.Handle != id.Handle.Value)
                    .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            }

            var now = clock.GetUtcNow();
            await InsertAsync(context, successor, carried.Birth, now, carried.Ticket, old.Device, cancellationToken).ConfigureAwait(false);
            await InheritAsync(context, successor, id.Handle, carried, cancellationToken).ConfigureAwait(false);
            return new StartedSession(successor, Started(successor, carried.Birth, now, carried.Ticket, carried));
        },
        cancellationToken);

    /// <summary>Counts a sign-in or a new generation of the user, and holds the user's row: simultaneous ones of one user go one after the other.</summary>
    private async Task<Counted> CountAsync(SessionDbContext context, string tag, long signIns, long generations, CancellationToken cancellationToken)
    {
        var longest = _options.AbsoluteTimeout > _options.RememberMeTimeout ? _options.AbsoluteTimeout : _options.RememberMeTimeout;
        var keepUntil = DatabaseClock.ToMicroseconds(clock.GetUtcNow() + longest + TimeSpan.FromDays(1));
        var rows = await context.Database.SqlQuery<Counted>(
            $"""
            INSERT INTO session_users (tag, generation, sign_ins, keep_until) VALUES ({tag}, {generations}, {signIns}, {keepUntil})
            ON CONFLICT (tag) DO UPDATE SET generation = session_users.generation + excluded.generation,
                sign_ins = session_users.sign_ins + excluded.sign_ins, keep_until = excluded.keep_until
            RETURNING sign_ins AS "SignIns", generation AS "Generation"
            """).ToListAsync(cancellationToken).ConfigureAwait(false);
        return rows[0];
    }

    private async Task ApplyLimitAsync(SessionDbContext context, UserTag tag, CancellationToken cancellationToken)
    {
        if (_options.MaxPerUser <= 0) return;
        var now = Now;
        var alive = await context.Sessions
            .Where(row => row.Tag == tag.Value && row.Ordinal > 0 && row.Successor == null && row.ExpiresAt > now)
            .OrderBy(row => row.Ordinal).Select(row => row.Handle).ToListAsync(cancellationToken).ConfigureAwait(false);
        var beyond = alive.Count - _options.MaxPerUser + 1;
        if (beyond <= 0) return;
        if (_options.LimitPolicy == SessionLimitPolicy.Refuse)
        {
            throw new SessionLimitReachedException(string.Create(
                CultureInfo.InvariantCulture, $"This account already has {_options.MaxPerUser} sessions, the most that are allowed. Sign out elsewhere first."));
        }

        foreach (var oldest in alive.Take(beyond))
            await context.Sessions.Where(row => row.Handle == oldest).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private sealed record Counted(long SignIns, long Generation);
}
