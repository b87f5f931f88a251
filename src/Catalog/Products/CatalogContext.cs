using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Administration;
using ShopSession.Catalog.Search;
using ShopSession.Catalog.Stock;
using ShopSession.Data;

namespace ShopSession.Catalog.Products;

/// <summary>The catalog's database: what is sold, and what of it is held.</summary>
public sealed class CatalogContext(DbContextOptions<CatalogContext> options) : DbContext(options)
{
    public DbSet<Category> Categories => Set<Category>();

    public DbSet<Product> Products => Set<Product>();

    /// <summary>What lists show: sold still, and of several sizes one. Not tracked.</summary>
    public IQueryable<Product> Listed => Products.AsNoTracking().Where(product => product.ParentId == null && product.RetiredAt == null);

    public DbSet<SearchWord> SearchWords => Set<SearchWord>();

    /// <summary>What administrators changed.</summary>
    public DbSet<ProductChange> Changes => Set<ProductChange>();

    public DbSet<StockHold> Holds => Set<StockHold>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseShopConventions(Database.ProviderName);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Category>(category =>
        {
            category.ToTable("categories");
            category.Property(c => c.Id).ValueGeneratedNever();
            category.HasIndex(c => c.Slug).IsUnique();
        });
        modelBuilder.Entity<Product>(product =>
        {
            product.ToTable("products", table =>
            {
                table.HasCheckConstraint("ck_products_stock", "\"Stock\" >= 0");
                table.HasCheckConstraint("ck_products_held", "\"Held\" >= 0 AND \"Held\" <= \"Stock\"");
            });
            product.Property(p => p.Id).ValueGeneratedNever();
            product.Ignore(p => p.Available);
            product.Ignore(p => p.AvailableInAll);
            product.Ignore(p => p.FullName);
            product.HasIndex(p => p.Slug).IsUnique();
            product.HasIndex(p => new { p.CategoryId, p.Price });
            product.HasIndex(p => p.Price);
            product.HasIndex(p => p.Family);
            product.HasMany(p => p.Variants).WithOne().HasForeignKey(p => p.ParentId).OnDelete(DeleteBehavior.Restrict);
            product.HasOne(p => p.Category).WithMany().HasForeignKey(p => p.CategoryId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<SearchWord>(word =>
        {
            word.ToTable("search_words");
            word.HasKey(w => w.Word);
            word.Property(w => w.Word).HasColumnName("word");
            word.Property(w => w.Products).HasColumnName("products");
        });
        modelBuilder.Entity<ProductChange>(change =>
        {
            change.ToTable("product_changes");
            change.Property(c => c.Id).ValueGeneratedNever();
            change.HasIndex(c => new { c.ProductId, c.At });
            change.HasIndex(c => c.Key).IsUnique();
            change.HasOne<Product>().WithMany().HasForeignKey(c => c.ProductId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<StockHold>(hold =>
        {
            hold.ToTable("stock_holds");
            hold.HasKey(h => h.OrderId);
            hold.Property(h => h.OrderId).ValueGeneratedNever();
            hold.HasIndex(h => new { h.State, h.ExpiresAt });
            hold.HasMany(h => h.Lines).WithOne().HasForeignKey(line => line.OrderId);
        });
        modelBuilder.Entity<StockHoldLine>(line =>
        {
            line.ToTable("stock_hold_lines");
            line.HasKey(l => new { l.OrderId, l.ProductId });
            line.HasOne<Product>().WithMany().HasForeignKey(l => l.ProductId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
