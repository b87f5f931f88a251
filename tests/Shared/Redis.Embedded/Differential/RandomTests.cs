using System.Globalization;

namespace ShopSession.Redis.Embedded.Tests.Differential;

/// <summary>The seed of a failure is in its message; set EMBEDDED_SEED to run it again, EMBEDDED_COMMANDS for longer runs.</summary>
public sealed class RandomTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("shop-embedded-").FullName;

    private static int Commands => int.Parse(Environment.GetEnvironmentVariable("EMBEDDED_COMMANDS") ?? "4000", CultureInfo.InvariantCulture);

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("EMBEDDED_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_commands_of_two_clients_get_the_same_replies(int protocol)
    {
        var seed = Seed;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        await using var pair = await DifferentialPair.StartAsync(protocol);
        await WithSeedAsync(seed, () => RunAsync(pair, seed, Commands));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Random_commands_are_kept_over_restarts_and_rewrites(bool rewrites)
    {
        var seed = Seed;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var options = new EmbeddedRedisOptions { Directory = _directory, RewriteMinimumBytes = rewrites ? 0 : long.MaxValue };
        await using var pair = await DifferentialPair.StartAsync(3, options);
        await WithSeedAsync(seed, async () =>
        {
            for (var round = 0; round < 4; round++)
            {
                await RunAsync(pair, seed + round, Commands / 8);
                await pair.RestartEmbeddedAsync();
                await pair.CompareContentAsync();
            }
        });
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static async Task RunAsync(DifferentialPair pair, int seed, int count)
    {
        var (commands, random) = (new RandomCommands(seed), new Random(seed));
        for (var i = 0; i < count; i++) await pair.RunAsync(random.Next(5) == 0 ? "b" : "a", commands.Next());
        // Whatever transaction is open ends here.
        await pair.RunAsync("a", ["DISCARD"]);
        await pair.RunAsync("b", ["DISCARD"]);
        foreach (var kind in (string[])["SCAN", "HSCAN", "SSCAN", "ZSCAN"])
        {
            if (kind == "SCAN") await pair.CompareScanAsync([kind], "COUNT", "3");
            else await pair.CompareScanAsync([kind, kind[0] + "X"], "COUNT", "2");
        }

        await pair.CompareContentAsync();
    }

    private static async Task WithSeedAsync(int seed, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"With EMBEDDED_SEED={seed}: {e.Message}", e);
        }
    }
}
