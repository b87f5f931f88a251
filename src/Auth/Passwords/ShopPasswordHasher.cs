using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ShopSession.Auth.Accounts;

namespace ShopSession.Auth.Passwords;

/// <summary>
/// Identity's PBKDF2-HMAC-SHA512 with <see cref="PasswordHashing.Iterations"/> rounds, over the composed form of the password: an é typed on a Mac and one typed on
/// Windows are the same letter (NIST SP 800-63B-4, 3.1.1.2).
/// </summary>
internal sealed class ShopPasswordHasher(IOptions<PasswordHasherOptions> options) : IPasswordHasher<ShopUser>
{
    private readonly PasswordHasher<ShopUser> _inner = new(options);

    public string HashPassword(ShopUser user, string password) => _inner.HashPassword(user, Composed(password));

    public PasswordVerificationResult VerifyHashedPassword(ShopUser user, string hashedPassword, string providedPassword) =>
        _inner.VerifyHashedPassword(user, hashedPassword, Composed(providedPassword));

    private static string Composed(string password) => TextForm.Normalize(password) ?? throw new ArgumentException("The password is not valid text.", nameof(password));
}
