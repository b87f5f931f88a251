using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Devices;
using ShopSession.Auth.Mail;

namespace ShopSession.Auth.Passkeys;

/// <summary>Adds passkeys to an account. Callers have asked for a recent sign-in and a confirmed address.</summary>
internal sealed class PasskeyRegistration(
    AuthDbContext db, PasskeyStore store, IPasskeyHandler<ShopUser> handler, AccountMails mails, MailOutbox outbox, TimeProvider time, ILogger<PasskeyRegistration> logger)
{
    /// <summary>What the browser hands to <c>navigator.credentials.create</c>, as JSON; <see langword="null"/>: the account has as many as it may.</summary>
    public async Task<string?> BeginAsync(HttpContext context, ShopUser user, CancellationToken cancellationToken)
    {
        if (await db.Passkeys.CountAsync(row => row.UserId == user.Id, cancellationToken) >= Passkey.Most) return null;
        var options = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = user.Id, Name = user.Email!, DisplayName = user.DisplayName }, context);
        PasskeyCeremony.Begin(context, PasskeyPurpose.Register, options.AttestationState!, time.GetUtcNow());
        return options.CreationOptionsJson;
    }

    /// <summary>The passkey that the answer made; <see langword="null"/>: it answers no challenge of this session, or not as it should.</summary>
    /// <param name="context">The request.</param>
    /// <param name="user">The account that is signed in.</param>
    /// <param name="credential">The browser's answer, as JSON.</param>
    /// <param name="name">What to call it; <see langword="null"/>: after the browser.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <exception cref="TooManyPasskeysException">Others were added since the challenge was made.</exception>
    public async Task<Passkey?> FinishAsync(HttpContext context, ShopUser user, string credential, string? name, CancellationToken cancellationToken)
    {
        if (PasskeyCeremony.Take(context, PasskeyPurpose.Register, time.GetUtcNow()) is not { } ceremony) return null;
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential, AttestationState = ceremony.State });
        // The session may have changed hands since the challenge was made.
        if (!result.Succeeded || result.UserEntity.Id != user.Id || !result.Passkey.IsUserVerified)
        {
            AuthLog.PasskeyRefused(logger, result.Failure?.Message ?? "It was made for another account.");
            return null;
        }

        var passkey = Make(user, result.Passkey, name ?? DeviceName.From(context.Request.Headers.UserAgent));
        outbox.TryAdd(db, mails.PasskeyAdded(user.Email!));
        if (!await store.TryAddAsync(passkey, cancellationToken)) return null;
        outbox.Wake();
        AuthLog.PasskeyAdded(logger, user.Id);
        return passkey;
    }

    private Passkey Make(ShopUser user, UserPasskeyInfo info, string name) => new()
    {
        Id = Guid.NewGuid(),
        UserId = user.Id,
        CredentialId = info.CredentialId,
        PublicKey = info.PublicKey,
        Name = name.Length > PasskeyName.MaxLength ? name[..PasskeyName.MaxLength] : name,
        CreatedAt = time.GetUtcNow(),
        SignCount = info.SignCount,
        // A word of the browser's: known ones are short, and there are few.
        Transports = string.Join(',', (info.Transports ?? []).Where(way => way.Length <= 20 && way.All(char.IsAsciiLetterLower)).Take(6)),
        BackupEligible = info.IsBackupEligible,
        BackedUp = info.IsBackedUp,
    };
}
