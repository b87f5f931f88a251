using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Limits;
using ShopSession.Auth.SignIn;
using ShopSession.Auth.TwoFactor;
using ShopSession.Sessions;
using SignInResult = ShopSession.Auth.SignIn.SignInResult;

namespace ShopSession.Auth.Passkeys;

/// <summary>
/// Signs in by passkey. From the moment the answer is found right it goes the way of any sign-in (<see cref="SignInService.CompleteAsync"/>). No second factor is
/// asked for: the authenticator has one and has said that it knew its user.
/// </summary>
internal sealed class PasskeySignIn(
    AuthDbContext db, IPasskeyHandler<ShopUser> handler, SignInService signIn, UsedCodes used, ISessionDirectory sessions, AttemptLimiter limiter, IOptions<LimitOptions> limits,
    TimeProvider time, ILogger<PasskeySignIn> logger)
{
    /// <summary>What the browser hands to <c>navigator.credentials.get</c>, as JSON. It names no account: the passkey does.</summary>
    /// <exception cref="TooManyAttemptsException">Too many challenges went to this address.</exception>
    public async Task<string> BeginAsync(HttpContext context, CancellationToken cancellationToken)
    {
        // Each challenge counts, whatever comes of it: it is kept in a session, and a session costs a stranger nothing.
        await using var attempt = await limiter.BeginAsync([new AttemptCounter(limits.Value.PasskeyPerAddress, ClientAddress.Of(context))], cancellationToken);
        var options = await handler.MakeRequestOptionsAsync(null!, context);
        PasskeyCeremony.Begin(context, PasskeyPurpose.SignIn, options.AssertionState!, time.GetUtcNow());
        return options.RequestOptionsJson;
    }

    /// <summary>Signs in when <paramref name="credential"/> (the browser's answer, as JSON) is right.</summary>
    public async Task<SignInResult> SignInAsync(HttpContext context, string credential, bool rememberMe, CancellationToken cancellationToken)
    {
        if (PasskeyCeremony.Take(context, PasskeyPurpose.SignIn, time.GetUtcNow()) is not { } ceremony) return Refuse("No challenge waits in this session.");
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = ceremony.State });
        if (!result.Succeeded) return Refuse(result.Failure.Message);

        // First the generation, then the account and the passkey: what ends sessions, locks the account or removes the passkey after this is noticed at the end.
        var id = result.User.Id;
        var generation = await sessions.GetGenerationAsync(new UserId(id), cancellationToken);
        if (!await used.TryUseAsync(id, ceremony.Mark, cancellationToken)) return Refuse("The challenge was answered before.");
        if (!await NoteAsync(id, result.Passkey, cancellationToken)) return Refuse("The passkey was removed meanwhile.");
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Email != null, cancellationToken);
        // Wrong passwords do not keep a passkey out: nobody can guess it, and its owner gets in while somebody guesses the password.
        if (user is null || user.SuspendedAt is not null) return Refuse("The account is locked or gone.");
        return await signIn.CompleteAsync(context, new VerifiedUser(user, generation), rememberMe, asToken: false, cancellationToken);
    }

    private async Task<bool> NoteAsync(string userId, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var count = (long)passkey.SignCount;
        return await db.Passkeys.Where(row => row.UserId == userId && row.CredentialId == passkey.CredentialId).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.SignCount, count).SetProperty(row => row.BackedUp, passkey.IsBackedUp).SetProperty(row => row.LastUsedAt, now), cancellationToken) == 1;
    }

    private SignInResult Refuse(string reason)
    {
        AuthLog.PasskeyRefused(logger, reason);
        return new SignInResult(SignInOutcome.Refused);
    }
}
