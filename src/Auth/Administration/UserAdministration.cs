using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.SignIn;
using ShopSession.Sessions;

namespace ShopSession.Auth.Administration;

/// <summary>
/// What administrators do to accounts. Each action and its entry in the audit log are one transaction; sessions are ended after it, so that a sign-in in between
/// meets the change. An administrator whose role was withdrawn a moment ago is refused whatever their session says.
/// </summary>
internal sealed class UserAdministration(AuthDbContext db, ISessionDirectory sessions, TimeProvider time)
{
    /// <summary>Locks the account: nobody signs in to it, and whoever is signed in is not any more.</summary>
    public Task<AdministrationResult> LockAsync(HttpContext context, string subject, CancellationToken cancellationToken) =>
        ActAsync(context, subject, AuditActions.Lock, user => user.SuspendedAt is null, AdministrationResult.Done,
            now => db.Users.Where(row => row.Id == subject).ExecuteUpdateAsync(set => set.SetProperty(row => row.SuspendedAt, (DateTimeOffset?)now), cancellationToken), endsSessions: true, cancellationToken);

    public Task<AdministrationResult> UnlockAsync(HttpContext context, string subject, CancellationToken cancellationToken) =>
        ActAsync(context, subject, AuditActions.Unlock, user => user.SuspendedAt is not null, AdministrationResult.Done,
            _ => db.Users.Where(row => row.Id == subject).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.SuspendedAt, (DateTimeOffset?)null).SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null).SetProperty(row => row.AccessFailedCount, 0), cancellationToken),
            endsSessions: false, cancellationToken);

    /// <summary>Makes the account an administrator's, from its next sign-in.</summary>
    public Task<AdministrationResult> GrantAsync(HttpContext context, string subject, CancellationToken cancellationToken) =>
        ActAsync(context, subject, AuditActions.GrantAdministrator, user => user is { Role: null, EmailConfirmed: true, SuspendedAt: null }, AdministrationResult.Refused,
            _ => db.Users.Where(row => row.Id == subject).ExecuteUpdateAsync(set => set.SetProperty(row => row.Role, ShopRoles.Administrator), cancellationToken), endsSessions: false, cancellationToken);

    /// <summary>Takes the role, and with it every session that carries it.</summary>
    public Task<AdministrationResult> WithdrawAsync(HttpContext context, string subject, CancellationToken cancellationToken) =>
        ActAsync(context, subject, AuditActions.WithdrawAdministrator, user => user.Role == ShopRoles.Administrator, AdministrationResult.Done,
            _ => db.Users.Where(row => row.Id == subject).ExecuteUpdateAsync(set => set.SetProperty(row => row.Role, (string?)null), cancellationToken), endsSessions: true, cancellationToken);

    public Task<AdministrationResult> EndAllSessionsAsync(HttpContext context, string subject, CancellationToken cancellationToken) =>
        ActAsync(context, subject, AuditActions.EndAllSessions, _ => true, AdministrationResult.Done, _ => Task.FromResult(1), endsSessions: true, cancellationToken);

    public async Task<AdministrationResult> EndSessionAsync(HttpContext context, string subject, SessionHandle session, CancellationToken cancellationToken)
    {
        // The entry first: what was done is never missing from the log, at worst it names an attempt.
        var result = await ActAsync(context, subject, AuditActions.EndSession, _ => true, AdministrationResult.Done, _ => Task.FromResult(1), endsSessions: false, cancellationToken, session.Value[..Math.Min(8, session.Value.Length)]);
        if (result == AdministrationResult.Done) await sessions.RevokeAsync(new UserId(subject), session, ActorOf(context), CancellationToken.None);
        return result;
    }

    private async Task<AdministrationResult> ActAsync(
        HttpContext context, string subject, string action, Func<ShopUser, bool> applies, AdministrationResult otherwise, Func<DateTimeOffset, Task<int>> change, bool endsSessions,
        CancellationToken cancellationToken, string? detail = null)
    {
        try
        {
            // Serializable: of two administrators who withdraw one another's role in the same moment, one finds that they are the last.
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
            var actor = context.User.UserId().Value;
            if (!await db.Users.AnyAsync(row => row.Id == actor && row.Role == ShopRoles.Administrator && row.SuspendedAt == null, cancellationToken)) return AdministrationResult.Refused;
            if (await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == subject && row.Email != null, cancellationToken) is not { } user) return AdministrationResult.Gone;
            if (!applies(user)) return otherwise;
            if (action is AuditActions.Lock or AuditActions.WithdrawAdministrator && await IsLastAdministratorAsync(user, cancellationToken)) return AdministrationResult.LastAdministrator;

            var now = time.GetUtcNow();
            await change(now);
            db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor, Action = action, SubjectId = subject, Detail = detail, Address = context.Connection.RemoteIpAddress?.ToString() ?? "" });
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception error) when (IsOvertaken(error))
        {
            return AdministrationResult.Conflict;
        }

        if (endsSessions) await sessions.RevokeAllAsync(new UserId(subject), ActorOf(context), CancellationToken.None);
        return AdministrationResult.Done;
    }

    // The account's holder reads in the session's timeline who ended it; the audit log keeps the account behind the name.
    private static SessionActor ActorOf(HttpContext context) => SessionActor.Administrator(context.User.Identity?.Name is { Length: > 0 } name ? name : context.User.UserId().Value);

    // The database refused to put two transactions in an order. EF Core wraps that once or twice.
    private static bool IsOvertaken(Exception? error) => error is DbException { IsTransient: true } || (error is not null && IsOvertaken(error.InnerException));

    private async Task<bool> IsLastAdministratorAsync(ShopUser user, CancellationToken cancellationToken) =>
        user is { Role: ShopRoles.Administrator, SuspendedAt: null }
        && !await db.Users.AnyAsync(row => row.Id != user.Id && row.Role == ShopRoles.Administrator && row.SuspendedAt == null, cancellationToken);
}

/// <summary>What an administrator's action came to.</summary>
internal enum AdministrationResult
{
    /// <summary>Done, or it was so already.</summary>
    Done,

    /// <summary>There is no such account.</summary>
    Gone,

    /// <summary>It would leave the shop without an administrator.</summary>
    LastAdministrator,

    /// <summary>The actor may not, or the account is not fit for it (an administrator's address must be confirmed).</summary>
    Refused,

    /// <summary>Another administrator changed the same in the same moment: look again.</summary>
    Conflict,
}
