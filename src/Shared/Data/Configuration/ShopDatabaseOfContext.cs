using Microsoft.EntityFrameworkCore;

namespace ShopSession.Data;

/// <summary>The database behind one context; registered as a singleton. Reads its configuration once, when first asked.</summary>
/// <typeparam name="TContext">The context.</typeparam>
public sealed class ShopDatabase<TContext>(Func<ShopDatabase> read)
    where TContext : DbContext
{
    private readonly Lazy<ShopDatabase> _facts = new(read);

    /// <summary>Where the database is and of what kind.</summary>
    /// <exception cref="ShopDatabaseException">Its connection string is wrong.</exception>
    public ShopDatabase Facts => _facts.Value;
}
