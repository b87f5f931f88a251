using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Limits;
using ShopSession.Auth.Passwords;
using ShopSession.Sessions;

namespace ShopSession.Auth.SignIn;

/// <summary>
/// The one place where a password is compared with an account's: for the sign-in page, the API and changing the password alike, with the same
/// limits. An account that does not exist is treated like one whose password is wrong: same answer, same limits, same work.
/// </summary>
internal sealed class CredentialCheck(
    UserManager<ShopUser> users, AuthDbContext db, PasswordWork passwords, AccountLockout lockout, AttemptLimiter limiter,
    ISessionDirectory sessions, IOptions<LimitOptions> limits, ILogger<CredentialCheck> logger)
{
    /// <summary>The account, when the password is its (and the user's generation from before the password was looked at); else <see langword="null"/>.</summary>
    /// <param name="email">The address as <see cref="EmailAddress"/> writes it.</param>
    /// <param name="password">As typed.</param>
    /// <param name="client">Who tries (<see cref="ClientAddress"/>).</param>
    /// <param name="cancellationToken">Ends waiting; what was tried counts all the same.</param>
    /// <exception cref="TooManyAttemptsException">Too many wrong ones before.</exception>
    public async Task<VerifiedUser?> VerifyAsync(string email, string password, string client, CancellationToken cancellationToken)
    {
        var account = users.NormalizeEmail(email);
        await using var attempt = await limiter.BeginAsync(
        [
            new AttemptCounter(limits.Value.SignInPerAddress, client),
            new AttemptCounter(limits.Value.SignInPerAccountAndAddress, $"{account}\n{client}"),
            new AttemptCounter(limits.Value.SignInPerAccount, account),
        ], cancellationToken);

        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.NormalizedEmail == account, cancellationToken);
        var locked = user is not null && lockout.IsLocked(user);
        var generation = await sessions.GetGenerationAsync(new UserId(user?.Id ?? Decoy.UserId), cancellationToken);
        var result = await CompareAsync(attempt, locked ? null : user, password, cancellationToken);
        if (user is null || locked || result == PasswordVerificationResult.Failed)
        {
            await attempt.FailAsync();
            // While locked nothing was compared, so nothing is counted; the decoy's row keeps the time equal.
            await lockout.CountFailureAsync(locked ? null : user);
            if (user is not null) AuthLog.PasswordRefused(logger, user.Id, locked);
            return null;
        }

        await attempt.SucceedAsync();
        await lockout.ClearAsync(user);
        if (result == PasswordVerificationResult.SuccessRehashNeeded) await RenewHashAsync(user, password, cancellationToken);
        return new VerifiedUser(user, generation);
    }

    private async Task<PasswordVerificationResult> CompareAsync(Attempt attempt, ShopUser? user, string password, CancellationToken cancellationToken)
    {
        try
        {
            return await passwords.VerifyAsync(user, password, cancellationToken);
        }
        catch (PasswordWorkBusyException)
        {
            await attempt.WithdrawAsync();
            throw;
        }
    }

    private async Task RenewHashAsync(ShopUser user, string password, CancellationToken cancellationToken)
    {
        var old = user.PasswordHash;
        var renewed = await passwords.RunAsync(() => Task.FromResult(users.PasswordHasher.HashPassword(user, password)), cancellationToken);
        // Only over the hash that was checked: a password changed meanwhile stays changed.
        await db.Users.Where(row => row.Id == user.Id && row.PasswordHash == old).ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, renewed), cancellationToken);
        AuthLog.PasswordHashRenewed(logger, user.Id);
    }
}

/// <summary>An account whose password was given, and the generation of its sessions before that was checked.</summary>
internal sealed record VerifiedUser(ShopUser User, long Generation);
