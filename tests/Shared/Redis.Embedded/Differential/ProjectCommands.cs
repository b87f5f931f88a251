using System.Text.RegularExpressions;
using ShopSession.Testing.Localization;

namespace ShopSession.Redis.Embedded.Tests.Differential;

/// <summary>The commands that the project's sources send to a store, found by the ways in which the sources name them.</summary>
internal static partial class ProjectCommands
{
    /// <summary>Each command (with its subcommand, as in <c>CLIENT CACHING</c>) and a file that sends it.</summary>
    public static IReadOnlyDictionary<string, string> Find()
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in (string[])[.. Sources("src"), .. Sources("bench")])
        {
            var text = File.ReadAllText(path);
            if (!UsesStore().IsMatch(text)) continue;
            foreach (Match call in Call().Matches(text))
            {
                var hasSubcommand = call.Groups["name"].Value is "CLIENT" or "CONFIG" or "CLUSTER" or "SCRIPT" or "OBJECT" or "MEMORY" or "PUBSUB" or "COMMAND";
                found.TryAdd(hasSubcommand ? $"{call.Groups["name"].Value} {call.Groups["next"].Value}" : call.Groups["name"].Value, Path.GetRelativePath(RepositoryRoot.Path, path));
            }
        }

        return found;
    }

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains("Redis.Embedded", StringComparison.Ordinal) && !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    [GeneratedRegex("RedisCommand|RedisPipeline|RedisTransaction|RedisTyped|IRedisClient|RedisServerProcess|Store\\.SendAsync|redis\\.SendAsync")]
    private static partial Regex UsesStore();

    // new RedisCommand("GET", …), a field of that type = new("MULTI"), .Add("GET", …), Append, ExecuteAsync("GET", …), RedisTyped.TextAsync(client, "GET", …), Payload("SUBSCRIBE", …), SendAsync("INFO", …).
    [GeneratedRegex("""(?:\bRedisCommand|RedisCommand \w+ = new|\.Add|\.Append|\w+Async|\bPayload)\s*\(\s*(?:\w+,\s*)?\[?"(?<name>[A-Z]{2,})"(?:\s*,\s*"(?<next>[A-Z]+)")?""")]
    private static partial Regex Call();
}
