using Microsoft.AspNetCore.Identity;
using ShopSession.Auth.Accounts;

namespace ShopSession.Auth.Passwords;

/// <summary>
/// What a password must be, after NIST SP 800-63B-4 section 3.1.1.2: long enough and not among those that are tried first. No rules on kinds of
/// characters, no expiry, no hints. Runs wherever Identity sets a password.
/// </summary>
internal sealed class PasswordPolicy(CommonPasswords common) : IPasswordValidator<ShopUser>
{
    public const int MinLength = 8;
    public const int MaxLength = 128;

    public Task<IdentityResult> ValidateAsync(UserManager<ShopUser> manager, ShopUser user, string? password)
    {
        var problem = Check(password, user.Email, user.DisplayName);
        return Task.FromResult(problem is null ? IdentityResult.Success : IdentityResult.Failed(new IdentityError { Code = "Password", Description = problem }));
    }

    /// <summary><see langword="null"/> when the password will do, else what to do about it. Characters are counted as people see them typed: per code point.</summary>
    public string? Check(string? password, string? email, string? displayName)
    {
        if (string.IsNullOrEmpty(password)) return T["Enter a password."];
        // Before any work on it: the length of what is sent is the sender's choice.
        if (password.Length > MaxLength * 2) return T[$"Use at most {MaxLength} characters."];
        if (TextForm.Normalize(password) is not { } composed) return T["This holds characters that are not text."];
        var length = composed.EnumerateRunes().Count();
        if (length < MinLength) return T[$"Use at least {MinLength} characters. A few words in a row are easy to remember."];
        if (length > MaxLength) return T[$"Use at most {MaxLength} characters."];
        return common.Contains(composed, email, displayName)
            ? T["This is among the first passwords that are tried. Use something only you would think of, for example a few words in a row."]
            : null;
    }
}
