using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ShopSession.Data;

/// <summary>One step of a database's history: an SQL script that takes it from the version before to this one.</summary>
/// <param name="Version">1, 2, 3, … without gaps.</param>
/// <param name="Name">What the step does, from the file's name.</param>
/// <param name="Sql">The statements.</param>
internal sealed partial record SchemaScript(int Version, string Name, string Sql)
{
    /// <summary>SHA-256 of the statements, with line ends made equal so that a checkout's settings do not matter.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>Reads the scripts embedded in <paramref name="assembly"/> from <c>Schema/{provider}/NNNN-name.sql</c>, in order.</summary>
    /// <exception cref="ShopDatabaseException">There are none, or their numbers have a gap.</exception>
    public static IReadOnlyList<SchemaScript> In(Assembly assembly, DatabaseProvider provider)
    {
        var scripts = assembly.GetManifestResourceNames()
            .Select(resource => (resource, match: FileName().Match(resource)))
            .Where(x => x.match.Success && x.match.Groups["provider"].ValueSpan.SequenceEqual(provider.ToString()))
            .Select(x => new SchemaScript(int.Parse(x.match.Groups["version"].ValueSpan, CultureInfo.InvariantCulture), x.match.Groups["name"].Value, Read(assembly, x.resource)))
            .OrderBy(script => script.Version)
            .ToList();

        var expected = $"Expected Schema/{provider}/0001-….sql, 0002-….sql, … as EmbeddedResource in {assembly.GetName().Name}";
        if (scripts.Count == 0) throw new ShopDatabaseException($"There is no schema script for {provider}. {expected}.");
        for (var i = 0; i < scripts.Count; i++)
        {
            if (scripts[i].Version != i + 1) throw new ShopDatabaseException($"Schema script {i + 1:0000} for {provider} is missing or there twice. {expected}, without gaps.");
        }

        return scripts;
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    // Embedded files are named by their path with dots: ShopSession.Auth.Schema.Sqlite.0001-initial.sql
    [GeneratedRegex(@"\.Schema\.(?<provider>[A-Za-z]+)\.(?<version>\d{4})-(?<name>[^.]+)\.sql$", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
