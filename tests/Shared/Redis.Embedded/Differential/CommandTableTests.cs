using ShopSession.Redis.Embedded.Tests.Wire;

namespace ShopSession.Redis.Embedded.Tests.Differential;

public sealed class CommandTableTests
{
    // Information for people and for access lists, which this store has not.
    private static readonly HashSet<string> Ignored = ["noscript", "loading", "stale", "skip_monitor", "skip_slowlog", "asking", "blocking", "movablekeys", "allow_busy", "no_multi", "sort_for_script", "random", "no_async_loading", "may_replicate", "no_mandatory_keys", "protected", "touches_arbitrary_keys"];

    [Fact]
    public async Task Arity_keys_and_kind_of_every_command_are_those_of_Redis()
    {
        await using var pair = await DifferentialPair.StartAsync(2);
        var (real, embedded) = await pair.ClientAsync("a");
        var differences = new List<string>();
        foreach (var name in (await embedded.SendAsync("COMMAND", "LIST")).Items.Select(i => i.Text))
            Compare((await real.SendAsync("COMMAND", "INFO", name)).Items[0], (await embedded.SendAsync("COMMAND", "INFO", name)).Items[0], differences);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static void Compare(RespValue expected, RespValue actual, List<string> differences)
    {
        if (expected.Items.Count == 0 || expected.Items[0].Text is "client|setinfo") return;
        if (Describe(expected) != Describe(actual)) differences.Add($"redis: {Describe(expected)}, embedded: {Describe(actual)}");
        foreach (var subcommand in actual.Items[9].Items)
            if (expected.Items[9].Items.FirstOrDefault(s => s.Items[0].Text == subcommand.Items[0].Text) is { } counterpart) Compare(counterpart, subcommand, differences);
    }

    private static string Describe(RespValue info) =>
        $"{info.Items[0].Text} arity {info.Items[1].Text} keys {info.Items[3].Text}-{info.Items[4].Text}/{info.Items[5].Text} {string.Join(' ', info.Items[2].Items.Select(f => f.Text).Where(f => !Ignored.Contains(f)).Order())}";
}
