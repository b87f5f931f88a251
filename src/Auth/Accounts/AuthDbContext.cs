using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Addresses;
using ShopSession.Auth.Administration;
using ShopSession.Auth.Erasure;
using ShopSession.Auth.Mail;
using ShopSession.Auth.Passkeys;
using ShopSession.Auth.Tokens;
using ShopSession.Auth.TwoFactor;
using ShopSession.Data;
using ShopSession.Web.Addresses;

namespace ShopSession.Auth.Accounts;

/// <summary>Accounts as ASP.NET Core Identity keeps them.</summary>
internal sealed class AuthDbContext(DbContextOptions<AuthDbContext> options) : IdentityUserContext<ShopUser>(options)
{
    public DbSet<OutboxMail> OutboxMails => Set<OutboxMail>();

    public DbSet<DevelopmentMail> DevelopmentMails => Set<DevelopmentMail>();

    public DbSet<AccountToken> AccountTokens => Set<AccountToken>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<UsedCode> UsedCodes => Set<UsedCode>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<PendingErasure> Erasures => Set<PendingErasure>();

    public DbSet<SavedAddress> Addresses => Set<SavedAddress>();

    public DbSet<Passkey> Passkeys => Set<Passkey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseShopConventions(Database.ProviderName);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<ShopUser>().Property(user => user.DisplayName).HasMaxLength(DisplayName.MaxLength);
        builder.Entity<ShopUser>().Property(user => user.Role).HasMaxLength(20);
        // Identity asks before it inserts; only the database can tell two registrations in the same moment apart.
        builder.Entity<ShopUser>().HasIndex(user => user.NormalizedEmail).HasDatabaseName("EmailIndex").IsUnique();
        builder.Entity<RecoveryCode>(code =>
        {
            code.HasKey(row => row.Hash);
            code.Property(row => row.Hash).HasMaxLength(43);
            code.HasOne<ShopUser>().WithMany().HasForeignKey(row => row.UserId);
        });
        builder.Entity<UsedCode>(code =>
        {
            code.HasKey(row => new { row.UserId, row.Code });
            code.Property(row => row.Code).HasMaxLength(8);
            code.HasOne<ShopUser>().WithMany().HasForeignKey(row => row.UserId);
        });
        builder.Entity<AuditEntry>(entry =>
        {
            entry.Property(row => row.Action).HasMaxLength(40);
            entry.Property(row => row.Detail).HasMaxLength(200);
            entry.HasIndex(row => row.SubjectId);
        });
        builder.Entity<PendingErasure>().HasKey(row => row.UserId);
        builder.Entity<SavedAddress>(address =>
        {
            foreach (var text in (string[])[nameof(SavedAddress.Name), nameof(SavedAddress.Line1), nameof(SavedAddress.Line2), nameof(SavedAddress.City)])
            {
                address.Property(text).HasMaxLength(PostalAddressRules.MaxText);
            }

            address.Property(row => row.PostalCode).HasMaxLength(20);
            address.Property(row => row.Country).HasMaxLength(2);
            address.HasIndex(row => new { row.UserId, row.Slot }).IsUnique();
            address.HasOne<ShopUser>().WithMany().HasForeignKey(row => row.UserId);
        });
        builder.Entity<Passkey>(passkey =>
        {
            passkey.Property(row => row.CredentialId).HasMaxLength(Passkey.MaxCredentialId);
            passkey.Property(row => row.Name).HasMaxLength(PasskeyName.MaxLength);
            passkey.Property(row => row.Transports).HasMaxLength(150);
            passkey.HasIndex(row => row.CredentialId).IsUnique();
            passkey.HasOne<ShopUser>().WithMany().HasForeignKey(row => row.UserId);
        });
        builder.Entity<OutboxMail>().HasIndex(mail => mail.DueAt);
        builder.Entity<AccountToken>(token =>
        {
            token.HasKey(row => row.Hash);
            token.Property(row => row.Hash).HasMaxLength(43);
            token.Property(row => row.Email).HasMaxLength(256);
            token.HasIndex(row => row.ExpiresAt);
            token.HasOne<ShopUser>().WithMany().HasForeignKey(row => row.UserId);
        });
    }
}
