using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ShopSession.Auth.Emails;
using ShopSession.Auth.Limits;
using ShopSession.Auth.Mail;
using ShopSession.Auth.Passwords;

namespace ShopSession.Auth.Accounts;

/// <summary>What a registration came to.</summary>
/// <param name="User">The new account; <see langword="null"/> when there is none.</param>
/// <param name="Errors">What is wrong with the input.</param>
/// <param name="EmailTaken">Whether the only trouble is that the address has an account.</param>
internal sealed record RegistrationResult(ShopUser? User, FieldErrors Errors, bool EmailTaken = false);

/// <summary>
/// Makes accounts. An account can be used at once, so registering tells whether an address has one (whoever registers could see it by signing in
/// anyway); the limit per address keeps that from being done for lists.
/// </summary>
internal sealed class Registration(
    UserManager<ShopUser> users, PasswordPolicy policy, PasswordWork passwords, AttemptLimiter limiter, IOptions<LimitOptions> limits, AuthDbContext db,
    EmailConfirmation confirmation, MailOutbox outbox, TimeProvider time, ILogger<Registration> logger)
{
    private static string Taken => T["This address has an account already. Sign in with it, or use another address."];

    /// <exception cref="TooManyAttemptsException">Too many accounts from this address.</exception>
    public async Task<RegistrationResult> RegisterAsync(string? email, string? password, string? displayName, string client, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var address = EmailAddress.Parse(email, out var emailError);
        var name = DisplayName.Parse(displayName, out var nameError);
        errors.Add(FieldErrors.Email, emailError).Add(FieldErrors.DisplayName, nameError).Add(FieldErrors.Password, policy.Check(password, address ?? email, name));
        if (errors.Any) return new RegistrationResult(null, errors);

        // Every registration that reaches the database counts, whatever comes of it: the place is simply not given back.
        await using var attempt = await limiter.BeginAsync([new AttemptCounter(limits.Value.RegisterPerAddress, client)], cancellationToken);
        var user = new ShopUser { UserName = address, Email = address, DisplayName = name!, CreatedAt = time.GetUtcNow() };
        // Saved with the account, in one transaction.
        confirmation.Add(db, user);
        if (!await TryCreateAsync(user, password!, errors, cancellationToken)) return new RegistrationResult(null, errors, errors.All.ContainsKey(FieldErrors.Email));
        outbox.Wake();
        AuthLog.AccountCreated(logger, user.Id);
        return new RegistrationResult(user, errors);
    }

    private async Task<bool> TryCreateAsync(ShopUser user, string password, FieldErrors errors, CancellationToken cancellationToken)
    {
        try
        {
            var result = await passwords.RunAsync(() => users.CreateAsync(user, password), cancellationToken);
            foreach (var error in result.Errors)
            {
                if (error.Code is nameof(IdentityErrorDescriber.DuplicateUserName) or nameof(IdentityErrorDescriber.DuplicateEmail)) errors.Add(FieldErrors.Email, Taken);
                else errors.Add(error.Code.StartsWith("Password", StringComparison.Ordinal) ? FieldErrors.Password : FieldErrors.Email, error.Description);
            }

            return result.Succeeded;
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Two registrations in the same moment: the unique index let one in. Anything else that went wrong is still an error.
            if (await users.FindByEmailAsync(user.Email!) is not { } other || other.Id == user.Id) throw;
            errors.Add(FieldErrors.Email, Taken);
            return false;
        }
    }
}
