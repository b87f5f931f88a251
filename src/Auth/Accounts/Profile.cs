using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Passwords;
using ShopSession.Auth.SignIn;

namespace ShopSession.Auth.Accounts;

/// <summary>What signed-in users change about their own account.</summary>
internal sealed class Profile(AuthDbContext db, CredentialCheck credentials, PasswordPolicy policy, PasswordWork passwords, IPasswordHasher<ShopUser> hasher)
{
    /// <summary>The account; <see langword="null"/> when it is gone although the session lives.</summary>
    public Task<ShopUser?> FindAsync(string userId, CancellationToken cancellationToken) =>
        db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == userId && user.PasswordHash != null, cancellationToken);

    public async Task<FieldErrors> RenameAsync(ShopUser user, string? displayName, CancellationToken cancellationToken)
    {
        var name = DisplayName.Parse(displayName, out var error);
        var errors = new FieldErrors().Add(FieldErrors.DisplayName, error);
        if (errors.Any) return errors;
        await db.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.DisplayName, name!).SetProperty(row => row.ConcurrencyStamp, NewStamp()), cancellationToken);
        user.DisplayName = name!;
        return errors;
    }

    /// <summary>
    /// Changes the password when <paramref name="current"/> is right; a wrong one counts like one at sign-in. The caller then ends the other sessions.
    /// </summary>
    public async Task<FieldErrors> ChangePasswordAsync(ShopUser user, string? current, string? replacement, string client, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (string.IsNullOrEmpty(current)) errors.Add(FieldErrors.Current, T["Enter the password that you use now."]);
        errors.Add(FieldErrors.New, policy.Check(replacement, user.Email, user.DisplayName));
        if (!errors.Any && current == replacement) errors.Add(FieldErrors.New, T["This is the password you have. Choose another one."]);
        if (errors.Any) return errors;
        if (!PasswordText.CanBePassword(current!) || await credentials.VerifyAsync(user.Email!, current!, client, cancellationToken) is not { } verified || verified.User.Id != user.Id)
        {
            return errors.Add(FieldErrors.Current, T["This is not your password, or the account is locked for a while after too many wrong ones."]);
        }

        var hash = await passwords.RunAsync(() => Task.FromResult(hasher.HashPassword(user, replacement!)), cancellationToken);
        // Over the hash that was checked: of two changes in the same moment one wins, and the other learns that its password is not the current one.
        var changed = await db.Users.Where(row => row.Id == user.Id && row.PasswordHash == verified.User.PasswordHash).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.PasswordHash, hash).SetProperty(row => row.SecurityStamp, NewStamp()).SetProperty(row => row.ConcurrencyStamp, NewStamp()), CancellationToken.None);
        return changed == 1 ? errors : errors.Add(FieldErrors.Current, T["The password was changed elsewhere in the same moment."]);
    }

    private static string NewStamp() => Guid.NewGuid().ToString();
}
