using System.Globalization;

namespace ShopSession.Redis.Embedded.Tests.Differential;

/// <summary>Random commands while others track: after each command everyone must have got the same messages.</summary>
public sealed class RandomTrackingTests
{
    [Fact]
    public async Task Random_changes_are_announced_to_the_same_clients_in_the_same_order()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EMBEDDED_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        await using var pair = await DifferentialPair.StartAsync(3);
        await pair.RunAsync("""
            d> CLIENT TRACKING ON
            n> CLIENT TRACKING ON NOLOOP
            o> CLIENT TRACKING ON OPTIN
            p> CLIENT TRACKING ON BCAST PREFIX s PREFIX h PREFIX z1
            q> CLIENT TRACKING ON BCAST NOLOOP
            """);
        var (random, commands) = (new Random(seed), new RandomCommands(seed));
        try
        {
            for (var i = 0; i < 1500; i++)
            {
                var client = "adnopq"[random.Next(6)].ToString();
                if (client == "o" && random.Next(2) == 0) await pair.RunAsync(client, ["CLIENT", "CACHING", "YES"]);
                var command = commands.Next();
                // What SPOP takes out is one order of many; what FLUSHALL and transactions announce has its own tests.
                if (command[0] is "SPOP") continue;
                await pair.RunAsync(client, command);
                await pair.ComparePushesAsync();
            }

            pair.AssertSame();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"With EMBEDDED_SEED={seed}: {e.Message}", e);
        }
    }
}
