using ShopSession.Redis.Embedded.Tests.Differential.Scripts;

namespace ShopSession.Redis.Embedded.Tests.Differential;

/// <summary>Holds the suite to the sources: a command that the project sends and the suite does not compare with a real server fails here.</summary>
public sealed class ProjectCommandTests
{
    private static readonly Dictionary<string, string> Exempt = new(StringComparer.Ordinal)
    {
        ["CLUSTER SLOTS"] = "sent to nodes of a cluster alone",
        ["CLUSTER INFO"] = "sent to nodes of a cluster alone",
        ["ASKING"] = "sent to nodes of a cluster alone",
        ["EVAL"] = "scripts are refused, see ConnectionTests",
        ["SHUTDOWN"] = "ends the server, see LifetimeTests",
        ["PIPELINE"] = "a name for measurements, never sent",
    };

    [Fact]
    public void The_sources_are_understood()
    {
        var found = ProjectCommands.Find();
        TestContext.Current.TestOutputHelper!.WriteLine($"{found.Count} commands: {string.Join(", ", found.Keys)}");
        // One of each way to name a command.
        foreach (var name in (string[])["HELLO", "CLIENT TRACKING", "CLIENT CACHING", "MULTI", "UNWATCH", "SUBSCRIBE", "PTTL", "ZADD", "SMEMBERS", "HMGET", "WAIT", "HSET", "LPUSH"]) Assert.Contains(name, found.Keys);
    }

    [Fact]
    public void Every_command_that_the_project_sends_is_in_the_scripts()
    {
        var lines = AllScripts.ByGroup.Values.Concat(TrackingTests.Scenarios().Select(row => row.Data.Item2)).Append(PubSubTests.Script)
            .SelectMany(script => script.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(line => line[(line.IndexOf("> ", StringComparison.Ordinal) is > 0 and < 4 and var mark ? mark + 2 : 0)..]);
        AssertContains(lines);
    }

    [Fact]
    public void Every_command_that_the_project_sends_is_in_the_random_sequences() => AssertContains([.. RandomCommands.Templates, .. RandomConversation.Phrases]);

    private static void AssertContains(IEnumerable<string> lines)
    {
        var covered = lines.SelectMany(line => line.Split(' ') is [var name, var next, ..] ? (string[])[name, $"{name} {next}"] : [line]).ToHashSet(StringComparer.Ordinal);
        var missing = ProjectCommands.Find().Where(command => !Exempt.ContainsKey(command.Key) && !covered.Contains(command.Key)).Select(command => $"{command.Key} ({command.Value})").ToList();
        Assert.True(missing.Count == 0, "Not compared with Redis: " + string.Join(", ", missing));
    }
}
