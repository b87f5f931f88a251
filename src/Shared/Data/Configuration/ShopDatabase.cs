using System.Data.Common;
using Microsoft.Extensions.Configuration;

namespace ShopSession.Data;

/// <summary>Which database a service uses and where it is. Immutable.</summary>
/// <param name="Name">The database's name, for example <c>auth</c>.</param>
/// <param name="Provider">What kind it is.</param>
/// <param name="ConnectionString">How to reach it. May hold a password: never log it, log <see cref="Location"/>.</param>
/// <param name="Location">Where it is, fit for messages: a file's path, or <c>host:port/database</c>.</param>
public sealed record ShopDatabase(string Name, DatabaseProvider Provider, string ConnectionString, string Location)
{
    private const string Allowed = "Allowed: SQLite (\"Data Source=/path/shop.db\") or PostgreSQL (\"Host=…;Database=…;Username=…;Password=…\" or \"postgresql://user:password@host:5432/database\")";

    /// <summary>The configuration key that moves this database elsewhere.</summary>
    public string Setting => $"ConnectionStrings:{Name}db";

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Provider} at {Location})";

    /// <summary>
    /// Reads <c>ConnectionStrings:{name}db</c>; without it the database is the SQLite file <c>{Shop:DataDirectory}/{name}.db</c>
    /// (<c>.data</c> below <paramref name="contentRoot"/> when that is not set either).
    /// </summary>
    /// <exception cref="ShopDatabaseException">The connection string is neither SQLite's nor PostgreSQL's.</exception>
    public static ShopDatabase FromConfiguration(IConfiguration configuration, string name, string contentRoot)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(contentRoot);
        var given = configuration.GetConnectionString($"{name}db");
        if (!string.IsNullOrWhiteSpace(given)) return Parse(name, given.Trim(), contentRoot);

        var directory = configuration["Shop:DataDirectory"] is { Length: > 0 } set ? set : ".data";
        return SqliteDatabase.At(name, Path.Combine(Path.GetFullPath(directory, contentRoot), $"{name}.db"));
    }

    /// <summary>Tells the two kinds of connection string apart by the words they use.</summary>
    internal static ShopDatabase Parse(string name, string connectionString, string contentRoot)
    {
        if (PostgreSqlDatabase.IsUri(connectionString)) return PostgreSqlDatabase.FromUri(name, connectionString);

        var words = WordsOf(name, connectionString);
        var sqlite = SqliteDatabase.Names(words);
        var postgres = PostgreSqlDatabase.Names(words);
        return (sqlite, postgres) switch
        {
            (true, false) => SqliteDatabase.FromConnectionString(name, connectionString, contentRoot),
            (false, true) => PostgreSqlDatabase.FromConnectionString(name, connectionString),
            (true, true) => throw Refused(name, "names both a file (Data Source) and a server (Host)"),
            _ => throw Refused(name, "names neither a file (Data Source) nor a server (Host)"),
        };
    }

    internal static ShopDatabaseException Refused(string name, string problem, Exception? inner = null) =>
        new($"ConnectionStrings:{name}db {problem}. {Allowed}.", inner);

    private static HashSet<string> WordsOf(string name, string connectionString)
    {
        try
        {
            var builder = new DbConnectionStringBuilder { ConnectionString = connectionString };
            return builder.Keys.Cast<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            // The parser's own message quotes the string, which may hold a password.
            throw Refused(name, "is not a list of key=value pairs");
        }
    }
}
