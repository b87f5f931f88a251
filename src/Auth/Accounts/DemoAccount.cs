using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ShopSession.Auth.Accounts;

/// <summary>The account that a newcomer tries the shop with; made at the first start when <c>Shop:DemoAccount</c> is true.</summary>
internal static class DemoAccount
{
    public const string Setting = "Shop:DemoAccount";

    private const string Email = "demo@shop.localhost";
    private const string Password = "correct horse battery staple";

    public static async Task SeedAsync(AuthDbContext db, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!services.GetRequiredService<IConfiguration>().GetValue(Setting, false)) return;
        if (services.GetRequiredService<IHostEnvironment>().IsProduction())
        {
            throw new DemoAccountException($"{Setting} is true in Production: everybody knows that account's password. Remove the setting.");
        }

        var users = services.GetRequiredService<UserManager<ShopUser>>();
        var normalized = users.NormalizeEmail(Email);
        if (await db.Users.AnyAsync(user => user.NormalizedEmail == normalized, cancellationToken)) return;
        var demo = new ShopUser { UserName = Email, Email = Email, EmailConfirmed = true, DisplayName = "Demo", CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow() };
        demo.PasswordHash = users.PasswordHasher.HashPassword(demo, Password);
        var result = await users.CreateAsync(demo);
        if (!result.Succeeded) throw new InvalidOperationException($"The demo account cannot be created: {string.Join(" ", result.Errors.Select(error => error.Description))}");
        AuthLog.DemoAccountCreated(services.GetRequiredService<ILogger<ShopUser>>());
    }
}

/// <summary>The demo account was asked for where it must not be.</summary>
internal sealed class DemoAccountException(string message) : Exception(message);
