using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace ShopSession.Data;

/// <summary>
/// Holds a context's schema scripts to its model, for a service's tests: one database is built by the scripts, one by EF Core from the
/// model, and what the second has and the first lacks is the drift.
/// </summary>
public static class SchemaDrift
{
    /// <summary>The statements that make the whole model on an empty database: the start of a service's first script.</summary>
    public static string CreateScript<TContext>(Func<DbContextOptions<TContext>, TContext> make, ShopDatabase database)
        where TContext : DbContext
    {
        using var context = make(Options<TContext>(database));
        return context.Database.GenerateCreateScript();
    }

    /// <summary>
    /// Lists the columns, keys and indexes that the model wants and the scripts do not make, and columns that only the scripts make. Empty: they agree.
    /// </summary>
    /// <param name="make">Makes the context from options.</param>
    /// <param name="scripted">An empty database that the scripts will fill.</param>
    /// <param name="modelled">Another empty database of the same kind, that the model will fill.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    public static async Task<IReadOnlyList<string>> FindAsync<TContext>(
        Func<DbContextOptions<TContext>, TContext> make, ShopDatabase scripted, ShopDatabase modelled, CancellationToken cancellationToken)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(make);
        ArgumentNullException.ThrowIfNull(scripted);
        ArgumentNullException.ThrowIfNull(modelled);
        var scripts = SchemaScript.In(typeof(TContext).Assembly, scripted.Provider);
        await using var actual = make(Options<TContext>(scripted));
        await actual.Database.OpenConnectionAsync(cancellationToken);
        await new SchemaUpgrade(scripted, scripts, TimeProvider.System, NullLogger.Instance).RunAsync(actual.Database.GetDbConnection(), cancellationToken);

        await using var wanted = make(Options<TContext>(modelled));
        await wanted.Database.EnsureCreatedAsync(cancellationToken);
        await wanted.Database.OpenConnectionAsync(cancellationToken);

        var have = await DescribeAsync(scripted.Provider, actual.Database.GetDbConnection(), cancellationToken);
        var want = await DescribeAsync(scripted.Provider, wanted.Database.GetDbConnection(), cancellationToken);
        var tables = want.Select(TableOf).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. want.Except(have).Order(StringComparer.Ordinal).Select(line => $"scripts lack: {line}"),
            .. have.Except(want).Where(line => line.StartsWith("column ", StringComparison.Ordinal) && tables.Contains(TableOf(line))).Order(StringComparer.Ordinal).Select(line => $"model lacks: {line}"),
        ];
    }

    private static DbContextOptions<TContext> Options<TContext>(ShopDatabase database)
        where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        options.UseShopDatabase(database);
        return options.Options;
    }

    private static string TableOf(string line) => line.Split(' ', 3)[1];

    private static async Task<HashSet<string>> DescribeAsync(DatabaseProvider provider, DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = provider == DatabaseProvider.Sqlite ? SqliteDescription : PostgreSqlDescription;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken)) lines.Add(reader.GetString(0));
        return lines;
    }

    private const string SqliteDescription = """
        WITH t AS (SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_versions')
        SELECT 'column ' || t.name || ' ' || c.name || ' ' || upper(c.type) || CASE WHEN c."notnull" THEN ' not null' ELSE '' END || CASE WHEN c.pk THEN ' key ' || c.pk ELSE '' END
        FROM t, pragma_table_info(t.name) c
        UNION
        SELECT 'index ' || t.name || ' (' || (SELECT group_concat(i.name || CASE WHEN i."desc" THEN ' desc' ELSE '' END) FROM pragma_index_xinfo(l.name) i WHERE i.key) || ')' || CASE WHEN l."unique" THEN ' unique' ELSE '' END
        FROM t, pragma_index_list(t.name) l
        UNION
        SELECT 'foreign-key ' || t.name || ' (' || f."from" || ') -> ' || f."table" || ' (' || COALESCE(f."to", '') || ') on delete ' || f.on_delete
        FROM t, pragma_foreign_key_list(t.name) f
        """;

    private const string PostgreSqlDescription = """
        SELECT 'column ' || c.table_name || ' ' || c.column_name || ' ' || c.data_type || CASE WHEN c.is_nullable = 'NO' THEN ' not null' ELSE '' END || CASE WHEN c.is_identity = 'YES' THEN ' identity' ELSE '' END
        FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.table_name <> 'schema_versions'
        UNION
        SELECT 'index ' || x.relname || ' ' || regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX .* USING ', '\1')
        FROM pg_index i JOIN pg_class x ON x.oid = i.indrelid JOIN pg_namespace n ON n.oid = x.relnamespace
        WHERE n.nspname = current_schema() AND x.relname <> 'schema_versions'
        UNION
        SELECT 'foreign-key ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
        """;
}
