using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Mail;
using ShopSession.Auth.SignIn;
using ShopSession.Sessions;

namespace ShopSession.Auth.TwoFactor;

/// <summary>Turns two-factor sign-in on and off. Callers have asked for a recent sign-in.</summary>
internal sealed class TwoFactorSetup(
    AuthDbContext db, UserManager<ShopUser> users, TwoFactorCheck check, SessionEnding ending, AccountMails mails, MailOutbox outbox, ILogger<TwoFactorSetup> logger)
{
    /// <summary>The key to put into an authenticator. A new one, unless one waits to be tried out; never that of an authenticator in use.</summary>
    /// <exception cref="InvalidOperationException">Two-factor is on already.</exception>
    public async Task<AuthenticatorKey> BeginAsync(string userId)
    {
        var user = await FindAsync(userId);
        if (user.TwoFactorEnabled) throw new InvalidOperationException("Two-factor is on: turn it off before a new authenticator is set up.");
        if (await users.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key)
        {
            Expect(await users.ResetAuthenticatorKeyAsync(user));
            key = (await users.GetAuthenticatorKeyAsync(user))!;
        }

        return new AuthenticatorKey(key, user.Email!);
    }

    /// <summary>
    /// Turns it on when <paramref name="code"/> comes from an authenticator with the key, and ends the other sessions: they were signed in without it. Returns
    /// the recovery codes, which are told this once; <see langword="null"/>: the code is wrong.
    /// </summary>
    /// <exception cref="Limits.TooManyAttemptsException">Too many wrong ones before.</exception>
    public async Task<IReadOnlyList<string>?> TurnOnAsync(HttpContext context, string? code, CancellationToken cancellationToken)
    {
        var user = await FindAsync(context.User.UserId().Value);
        // An address that is not its owner's for sure must not be locked away from them.
        if (user.TwoFactorEnabled || !user.EmailConfirmed || string.IsNullOrWhiteSpace(code)) return null;
        if (!await check.VerifyAsync(user, code, recoveryCode: null, cancellationToken)) return null;
        Expect(await users.SetTwoFactorEnabledAsync(user, true));
        var codes = await NewRecoveryCodesAsync(user, mails.TwoFactorChanged(user.Email!, on: true));
        AuthLog.TwoFactorChanged(logger, user.Id, true);
        await ending.OthersAsync(context, new UserId(user.Id));
        return codes;
    }

    public async Task TurnOffAsync(string userId)
    {
        var user = await FindAsync(userId);
        if (!user.TwoFactorEnabled) return;
        Expect(await users.SetTwoFactorEnabledAsync(user, false));
        Expect(await users.RemoveAuthenticationTokenAsync(user, "[AspNetUserStore]", "AuthenticatorKey"));
        await db.RecoveryCodes.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(CancellationToken.None);
        outbox.TryAdd(db, mails.TwoFactorChanged(user.Email!, on: false));
        await db.SaveChangesAsync(CancellationToken.None);
        outbox.Wake();
        AuthLog.TwoFactorChanged(logger, user.Id, false);
    }

    /// <summary>New recovery codes; the old ones end. <see langword="null"/>: two-factor is off.</summary>
    public async Task<IReadOnlyList<string>?> RenewRecoveryCodesAsync(string userId)
    {
        var user = await FindAsync(userId);
        return user.TwoFactorEnabled ? await NewRecoveryCodesAsync(user, mails.RecoveryCodesRenewed(user.Email!)) : null;
    }

    public Task<int> CountRecoveryCodesAsync(string userId, CancellationToken cancellationToken) => db.RecoveryCodes.CountAsync(row => row.UserId == userId, cancellationToken);

    private async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(ShopUser user, OutgoingMail notice)
    {
        string[] codes = [.. Enumerable.Range(0, RecoveryCode.PerAccount).Select(_ => RecoveryCode.New())];
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        await db.RecoveryCodes.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(CancellationToken.None);
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { Hash = RecoveryCode.HashOf(user.Id, code)!, UserId = user.Id }));
        outbox.TryAdd(db, notice);
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Wake();
        return codes;
    }

    private async Task<ShopUser> FindAsync(string userId) => await users.FindByIdAsync(userId) ?? throw new InvalidOperationException("The account is gone.");

    private static void Expect(IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException($"The account could not be stored: {string.Join(' ', result.Errors.Select(error => error.Code))}");
    }
}
