using Microsoft.EntityFrameworkCore;
using ShopSession.Cart.Payments;
using ShopSession.Data;

namespace ShopSession.Cart.Orders;

/// <summary>Orders, and the test provider's ledger.</summary>
internal sealed class CartDbContext(DbContextOptions<CartDbContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderAction> OrderActions => Set<OrderAction>();

    public DbSet<TestPayment> TestPayments => Set<TestPayment>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseShopConventions(Database.ProviderName);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Order>(order =>
        {
            order.ToTable("orders");
            order.HasKey(x => x.Id);
            order.Property(x => x.Id).ValueGeneratedNever();
            order.Property(x => x.State).HasConversion<string>();
            order.Property(x => x.Revision).IsConcurrencyToken();
            order.Ignore(x => x.Count);
            order.Ignore(x => x.Totals);
            order.HasIndex(x => new { x.Owner, x.IdempotencyKey }).IsUnique();
            order.HasIndex(x => x.OpenCart).IsUnique();
            order.HasIndex(x => new { x.Owner, x.AcceptedAt });
            order.HasIndex(x => new { x.Unfinished, x.NextAttemptAt });
            order.HasIndex(x => new { x.Account, x.AcceptedAt });
            order.HasIndex(x => new { x.State, x.AcceptedAt });
            order.HasIndex(x => x.AcceptedAt);
            order.HasIndex(x => x.Number);
            order.HasIndex(x => x.EmailKey);
            order.HasIndex(x => new { x.Forget, x.State });
            order.HasMany(x => x.Lines).WithOne().HasForeignKey(x => x.OrderId);
            order.HasMany(x => x.Events).WithOne().HasForeignKey(x => x.OrderId);
        });
        modelBuilder.Entity<OrderLine>(line =>
        {
            line.ToTable("order_lines");
            line.HasKey(x => new { x.OrderId, x.ProductId });
            line.Ignore(x => x.LineTotal);
        });
        modelBuilder.Entity<OrderEvent>(entry =>
        {
            entry.ToTable("order_events");
            entry.HasKey(x => new { x.OrderId, x.Position });
        });
        modelBuilder.Entity<OrderAction>(action =>
        {
            action.ToTable("order_actions");
            action.Property(x => x.Id).ValueGeneratedNever();
            action.HasIndex(x => new { x.OrderId, x.At });
            action.HasOne<Order>().WithMany().HasForeignKey(x => x.OrderId);
        });
        modelBuilder.Entity<TestPayment>(payment =>
        {
            payment.ToTable("test_payments");
            payment.HasKey(x => x.OrderId);
            payment.Property(x => x.OrderId).ValueGeneratedNever();
            payment.Property(x => x.State).HasConversion<string>();
        });
    }
}
