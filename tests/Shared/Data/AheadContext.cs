using Microsoft.EntityFrameworkCore;

namespace ShopSession.Data.Tests;

internal sealed class Thing
{
    public int Id { get; set; }

    public required string Forgotten { get; set; }
}

/// <summary>A context whose script (Schema/Sqlite/0001-things.sql of this project) knows another column.</summary>
internal sealed class AheadContext(DbContextOptions<AheadContext> options) : DbContext(options)
{
    public DbSet<Thing> Things => Set<Thing>();
}
