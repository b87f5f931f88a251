using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ShopSession.Auth.Accounts;

/// <summary>The accounts that a newcomer tries the shop with, a customer and an administrator; made at the first start when <c>Shop:DemoAccount</c> is true.</summary>
internal static class DemoAccount
{
    public const string Setting = "Shop:DemoAccount";

    private static readonly (string Email, string Password, string Name, string? Role)[] Accounts =
    [
        ("demo@shop.localhost", "correct horse battery staple", "Demo", null),
        ("admin@shop.localhost", "steady hands at the helm", "Admin", ShopRoles.Administrator),
    ];

    public static async Task SeedAsync(AuthDbContext db, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!services.GetRequiredService<IConfiguration>().GetValue(Setting, false)) return;
        if (services.GetRequiredService<IHostEnvironment>().IsProduction())
        {
            throw new DemoAccountException($"{Setting} is true in Production: everybody knows those accounts' passwords. Remove the setting.");
        }

        var users = services.GetRequiredService<UserManager<ShopUser>>();
        foreach (var (email, password, name, role) in Accounts)
        {
            var normalized = users.NormalizeEmail(email);
            if (await db.Users.AnyAsync(user => user.NormalizedEmail == normalized, cancellationToken)) continue;
            var demo = new ShopUser { UserName = email, Email = email, EmailConfirmed = true, DisplayName = name, Role = role, CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow() };
            demo.PasswordHash = users.PasswordHasher.HashPassword(demo, password);
            var result = await users.CreateAsync(demo);
            if (!result.Succeeded) throw new InvalidOperationException($"The demo account {email} cannot be created: {string.Join(" ", result.Errors.Select(error => error.Description))}");
            AuthLog.DemoAccountCreated(services.GetRequiredService<ILogger<ShopUser>>(), demo.Id);
        }
    }
}

/// <summary>The demo account was asked for where it must not be.</summary>
internal sealed class DemoAccountException(string message) : Exception(message);
