using Microsoft.Data.Sqlite;

namespace ShopSession.Data;

/// <summary>SQLite's side of <see cref="ShopDatabase"/>.</summary>
internal static class SqliteDatabase
{
    private static readonly string[] FileWords = ["Data Source", "DataSource", "Filename"];

    public static bool Names(HashSet<string> words) => FileWords.Any(words.Contains);

    public static ShopDatabase At(string name, string path)
    {
        SqliteVersionBridge.Install();
        return Build(name, new SqliteConnectionStringBuilder { DataSource = path });
    }

    public static ShopDatabase FromConnectionString(string name, string connectionString, string contentRoot)
    {
        SqliteVersionBridge.Install();
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException error)
        {
            throw ShopDatabase.Refused(name, $"looks like SQLite's but is not: {error.Message}", error);
        }

        if (builder.Mode == SqliteOpenMode.Memory || builder.DataSource is "" or ":memory:" || builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw ShopDatabase.Refused(name, "must name a file: a database in memory ends with its connection and no other replica sees it");
        }

        builder.DataSource = Path.GetFullPath(builder.DataSource, contentRoot);
        return Build(name, builder);
    }

    private static ShopDatabase Build(string name, SqliteConnectionStringBuilder builder)
    {
        builder.ForeignKeys = true;
        return new ShopDatabase(name, DatabaseProvider.Sqlite, builder.ConnectionString, builder.DataSource);
    }
}
