using Npgsql;

namespace ShopSession.Data;

/// <summary>PostgreSQL's side of <see cref="ShopDatabase"/>.</summary>
internal static class PostgreSqlDatabase
{
    /// <summary>Seconds to wait for a connection when the string does not say: a page that fails soon beats one that hangs.</summary>
    private const int ConnectSeconds = 5;

    private static readonly string[] ServerWords = ["Host", "Server"];

    public static bool Names(HashSet<string> words) => ServerWords.Any(words.Contains);

    public static bool IsUri(string value) =>
        value.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || value.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    public static ShopDatabase FromUri(string name, string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.AbsolutePath.Length < 2)
        {
            throw ShopDatabase.Refused(name, "is not a PostgreSQL address that names a host and a database");
        }

        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.IdnHost,
            Port = uri.IsDefaultPort || uri.Port < 0 ? NpgsqlConnection.DefaultPort : uri.Port,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            Username = user[0].Length == 0 ? null : Uri.UnescapeDataString(user[0]),
            Password = user.Length < 2 ? null : Uri.UnescapeDataString(user[1]),
        };
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            Set(name, builder, Uri.UnescapeDataString(parts[0]), parts.Length < 2 ? "" : Uri.UnescapeDataString(parts[1]));
        }

        return Build(name, builder);
    }

    public static ShopDatabase FromConnectionString(string name, string connectionString)
    {
        try
        {
            return Build(name, new NpgsqlConnectionStringBuilder(connectionString));
        }
        catch (ArgumentException error)
        {
            throw ShopDatabase.Refused(name, $"looks like PostgreSQL's but is not: {error.Message}", error);
        }
    }

    private static void Set(string name, NpgsqlConnectionStringBuilder builder, string key, string value)
    {
        // libpq's name and values (verify-full) for what Npgsql calls SSL Mode=VerifyFull, as most hosted addresses carry it.
        var ssl = key.Equals("sslmode", StringComparison.OrdinalIgnoreCase);
        try
        {
            builder[ssl ? "SSL Mode" : key] = ssl ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        catch (ArgumentException error)
        {
            throw ShopDatabase.Refused(name, $"has the option '{key}' that is not understood: {error.Message}", error);
        }
    }

    private static ShopDatabase Build(string name, NpgsqlConnectionStringBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Database)) throw ShopDatabase.Refused(name, "names no Database");
        if (!builder.ShouldSerialize("Timeout")) builder.Timeout = ConnectSeconds;
        if (string.IsNullOrEmpty(builder.ApplicationName)) builder.ApplicationName = $"shop-{name}";
        return new ShopDatabase(name, DatabaseProvider.PostgreSql, builder.ConnectionString, $"{builder.Host}:{builder.Port}/{builder.Database}");
    }
}
