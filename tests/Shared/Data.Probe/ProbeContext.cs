using Microsoft.EntityFrameworkCore;

namespace ShopSession.Data.Probe;

public sealed class Shelf
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public List<Book> Books { get; } = [];
}

public sealed class Book
{
    public int Id { get; set; }

    public required string Title { get; set; }

    public decimal Price { get; set; }

    public DateTimeOffset PublishedAt { get; set; }

    public int ShelfId { get; set; }
}

public sealed class ProbeContext(DbContextOptions<ProbeContext> options) : DbContext(options)
{
    public DbSet<Shelf> Shelves => Set<Shelf>();

    public DbSet<Book> Books => Set<Book>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseShopConventions(Database.ProviderName);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Shelf>().HasIndex(shelf => shelf.Name).IsUnique();
        modelBuilder.Entity<Book>().HasIndex(book => book.PublishedAt);
    }
}
