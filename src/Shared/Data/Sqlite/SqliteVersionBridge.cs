using System.Reflection;
using System.Runtime.Loader;

namespace ShopSession.Data;

/// <summary>
/// Lets EF Core's SQLite provider run on the older SQLitePCLRaw that some feeds hold (see docs/decisions/0005-sqlite-on-a-partial-feed.md).
/// The provider's reference asks for 2.1; the runtime refuses a lower version and then asks this handler, which hands out the one that
/// is there. Where the version asked for is present the runtime finds it by itself and the handler is never called.
/// </summary>
internal static class SqliteVersionBridge
{
    static SqliteVersionBridge() => AssemblyLoadContext.Default.Resolving += Resolve;

    /// <summary>Call before anything touches Microsoft.Data.Sqlite. Safe to call often and from any thread.</summary>
    public static void Install()
    {
        // The work is done once, by the static constructor.
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName wanted)
    {
        if (wanted.Version is null || wanted.Name?.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal) != true) return null;
        return context.LoadFromAssemblyName(new AssemblyName(wanted.Name));
    }
}
