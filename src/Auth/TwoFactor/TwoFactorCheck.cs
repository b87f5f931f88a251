using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Limits;
using ShopSession.Auth.Mail;

namespace ShopSession.Auth.TwoFactor;

/// <summary>
/// The one place where a second factor is judged: for the sign-in page, the API and the set-up alike, with the same limits. The codes are Identity's (RFC 6238,
/// six digits, 30 s, two steps to either side); that each is accepted once is ours.
/// </summary>
internal sealed class TwoFactorCheck(
    UserManager<ShopUser> users, UsedCodes used, IDbContextFactory<AuthDbContext> databases, AttemptLimiter limiter, IOptions<LimitOptions> limits, AccountMails mails, MailOutbox outbox)
{
    /// <summary>Judges a code of the authenticator, or else a recovery code, and uses it up.</summary>
    /// <exception cref="TooManyAttemptsException">Too many wrong ones before.</exception>
    public async Task<bool> VerifyAsync(ShopUser user, string? code, string? recoveryCode, CancellationToken cancellationToken)
    {
        await using var attempt = await limiter.BeginAsync(
            [new AttemptCounter(limits.Value.TwoFactorPerAccount, user.Id), new AttemptCounter(limits.Value.TwoFactorPerAccountAndDay, user.Id)], cancellationToken);
        var right = string.IsNullOrWhiteSpace(code) ? await UseRecoveryCodeAsync(user, recoveryCode, cancellationToken) : await UseCodeAsync(user, code, cancellationToken);
        await (right ? attempt.SucceedAsync() : attempt.FailAsync());
        return right;
    }

    private async Task<bool> UseCodeAsync(ShopUser user, string typed, CancellationToken cancellationToken)
    {
        if (typed.Length > 32) return false;
        var code = string.Concat(typed.Where(char.IsAsciiDigit));
        if (code.Length != 6 || !await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code)) return false;
        return await used.TryUseAsync(user.Id, code, cancellationToken);
    }

    private async Task<bool> UseRecoveryCodeAsync(ShopUser user, string? typed, CancellationToken cancellationToken)
    {
        if (RecoveryCode.HashOf(user.Id, typed) is not { } hash) return false;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.RecoveryCodes.Where(row => row.UserId == user.Id && row.Hash == hash).ExecuteDeleteAsync(cancellationToken) == 0) return false;
        outbox.TryAdd(db, mails.RecoveryCodeUsed(user.Email!, await db.RecoveryCodes.CountAsync(row => row.UserId == user.Id, CancellationToken.None)));
        await db.SaveChangesAsync(CancellationToken.None);
        outbox.Wake();
        return true;
    }
}
