using Microsoft.AspNetCore.Identity;
using ShopSession.Auth.Accounts;

namespace ShopSession.Auth.Passwords;

/// <summary>How costly a password's hash is; bound from the section <c>Auth:Passwords</c>.</summary>
internal static class PasswordHashing
{
    public const string Section = "Auth:Passwords";

    /// <summary>OWASP's Password Storage Cheat Sheet (2026): at least 220,000 for PBKDF2-HMAC-SHA512. Hashes made with fewer are renewed at sign-in.</summary>
    public const int Iterations = 220_000;

    /// <summary>A hash of so many rounds takes some ten seconds of a core: whoever sets more has mistyped.</summary>
    public const int MostIterations = 20_000_000;

    /// <summary>Fewer rounds than <see cref="Iterations"/> are for tests: only Development starts with them.</summary>
    public static void AddPasswordHashing(this WebApplicationBuilder builder)
    {
        var least = builder.Environment.IsDevelopment() ? 1 : Iterations;
        builder.Services.AddOptions<PasswordHasherOptions>()
            .Configure(options => options.IterationCount = Iterations)
            .BindConfiguration(Section)
            .Validate(
                options => options.IterationCount >= least && options.IterationCount <= MostIterations,
                $"{Section}:{nameof(PasswordHasherOptions.IterationCount)} must be {least} to {MostIterations}; fewer than {Iterations} are allowed in Development only.")
            .ValidateOnStart();
        builder.Services.AddSingleton<IPasswordHasher<ShopUser>, ShopPasswordHasher>();
        builder.Services.AddSingleton<PasswordWork>();
    }
}
