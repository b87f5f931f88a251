using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Addresses;
using ShopSession.Auth.Administration;
using ShopSession.Auth.Emails;
using ShopSession.Auth.Erasure;
using ShopSession.Auth.Limits;
using ShopSession.Auth.Mail;
using ShopSession.Auth.Passkeys;
using ShopSession.Auth.Passwords;
using ShopSession.Auth.Recovery;
using ShopSession.Auth.SignIn;
using ShopSession.Auth.Tokens;
using ShopSession.Auth.TwoFactor;
using ShopSession.Data;
using ShopSession.Redis;
using ShopSession.Sessions;
using ShopSession.Web.Assets;

namespace ShopSession.Auth;

/// <summary>What auth is made of.</summary>
internal static class AuthServices
{
    public static void AddAuth(this WebApplicationBuilder builder)
    {
        builder.AddShopDatabase<AuthDbContext>("auth", DemoAccount.SeedAsync);
        AddAccounts(builder.Services);
        builder.AddPasswordHashing();
        AddLimits(builder);
        builder.Services.AddMail();
        AddPasskeys(builder.Services);
        AddMailedTokens(builder.Services);
        AddAdministration(builder.Services);
        builder.Services.AddAuthorizationBuilder().AddPolicy(AuthPolicies.RecentSignIn, policy => policy.RequireRecentSignIn(AuthPolicies.Recent));
        builder.AddRedisClient();
        builder.Services.AddSingleton(new ShopAssetSource(typeof(AuthServices).Assembly));
        builder.Services.AddSingleton(T);
        // Every page of auth is about one person.
        builder.Services.Configure<RazorPagesOptions>(pages => pages.Conventions.ConfigureFilter(new ResponseCacheAttribute { NoStore = true, Location = ResponseCacheLocation.None }));
    }

    private static void AddAccounts(IServiceCollection services)
    {
        services.AddIdentityCore<ShopUser>(options =>
        {
            options.User.RequireUniqueEmail = true;
            // The user name is the address, and EmailAddress rules what that may hold.
            options.User.AllowedUserNameCharacters = null!;
            // PasswordPolicy rules instead.
            options.Password = new PasswordOptions { RequiredLength = 1, RequiredUniqueChars = 0, RequireDigit = false, RequireLowercase = false, RequireNonAlphanumeric = false, RequireUppercase = false };
            options.Lockout.AllowedForNewUsers = true;
        }).AddUserStore<ShopUserStore>().AddPasswordValidator<PasswordPolicy>()
            .AddTokenProvider<AuthenticatorTokenProvider<ShopUser>>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddSingleton<CommonPasswords>();
        services.AddSingleton<PasswordPolicy>();
        services.AddScoped<AccountLockout>();
        services.AddScoped<CredentialCheck>();
        services.AddScoped<UsedCodes>();
        services.AddScoped<TwoFactorCheck>();
        services.AddScoped<TwoFactorSetup>();
        services.AddScoped<SignInService>();
        services.AddScoped<SessionEnding>();
        services.AddScoped<Registration>();
        services.AddScoped<Profile>();
        services.AddScoped<AddressBook>();
        services.AddScoped<PasswordChange>();
    }

    private static void AddPasskeys(IServiceCollection services)
    {
        services.AddSingleton<IConfigureOptions<IdentityPasskeyOptions>, ConfigurePasskeys>();
        services.AddScoped<IPasskeyHandler<ShopUser>, PasskeyHandler<ShopUser>>();
        services.AddScoped<PasskeyStore>();
        services.AddScoped<PasskeyRegistration>();
        services.AddScoped<PasskeySignIn>();
        services.AddScoped<PasskeyList>();
    }

    private static void AddMailedTokens(IServiceCollection services)
    {
        services.AddScoped<AccountTokens>();
        services.AddScoped<AccountMails>();
        services.AddScoped<MailRequests>();
        services.AddScoped<PasswordReset>();
        services.AddScoped<EmailConfirmation>();
        services.AddScoped<EmailChange>();
    }

    private static void AddAdministration(IServiceCollection services)
    {
        services.AddScoped<UserSearch>();
        services.AddScoped<UserAdministration>();
        services.AddScoped<AccountExport>();
        services.AddScoped<AccountErasure>();
        services.AddSingleton<ErasureDelivery>();
        services.AddHostedService(provider => provider.GetRequiredService<ErasureDelivery>());
    }

    private static void AddLimits(WebApplicationBuilder builder)
    {
        // While developing, everyone and every test comes from the same address.
        var everybodyIsLocal = builder.Environment.IsDevelopment();
        builder.Services.AddOptions<LimitOptions>()
            .Configure(limits =>
            {
                if (!everybodyIsLocal) return;
                limits.Address *= 50;
                limits.Register *= 50;
                limits.MailFrom *= 50;
                limits.Passkey *= 50;
            })
            .BindConfiguration(LimitOptions.Section)
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>();
        builder.Services.AddSingleton<AttemptLimiter>();
    }
}
