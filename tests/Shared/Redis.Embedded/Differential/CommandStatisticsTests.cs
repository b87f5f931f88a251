using System.Text.RegularExpressions;

namespace ShopSession.Redis.Embedded.Tests.Differential;

public sealed partial class CommandStatisticsTests
{
    private const string Script =
        """
        SET a 1
        GET a
        GET a
        HGET a f
        GET
        NOSUCHCOMMAND
        MULTI
        INCR a
        GET a
        EXEC
        CLIENT GETNAME
        CLIENT NOSUCHSUBCOMMAND
        """;

    [Fact]
    public async Task Calls_failures_and_refusals_of_every_command_are_those_of_Redis()
    {
        await using var pair = await DifferentialPair.StartAsync(2);
        var (real, embedded) = await pair.ClientAsync("a");
        await real.SendAsync("CONFIG", "RESETSTAT");
        await embedded.SendAsync("CONFIG", "RESETSTAT");
        await pair.RunAsync(Script);
        Assert.Equal(Counts((await real.SendAsync("INFO", "commandstats")).Text), Counts((await embedded.SendAsync("INFO", "commandstats")).Text));
        Assert.DoesNotContain("cmdstat", (await embedded.SendAsync("INFO")).Text, StringComparison.Ordinal);
        Assert.Contains("cmdstat_get", (await embedded.SendAsync("INFO", "all")).Text, StringComparison.Ordinal);
    }

    // All but the times; and the questions of this test itself, which the two servers were asked alike.
    private static string[] Counts(string info) =>
        [.. info.Split("\r\n").Where(line => line.StartsWith("cmdstat", StringComparison.Ordinal)).Select(line => Times().Replace(line, "")).Order(StringComparer.Ordinal)];

    [GeneratedRegex("usec[^,]*,")]
    private static partial Regex Times();
}
