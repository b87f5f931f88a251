using System.Globalization;

namespace ShopSession.Redis.Tests.Connections;

/// <summary>What the whole process allocates is counted here, so nothing else of this project runs meanwhile.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationCollection;

/// <summary>
/// A simple command allocates nothing but the value it returns, and the command object where the caller makes one. Sessions are
/// read and written on every request: what each costs here, the collector takes from all.
/// </summary>
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests : RedisTest
{
    private const int Rounds = 5000;

    // One small object is at least 24 bytes on each round; what the process does besides is shared by all rounds.
    private const double Nothing = 20;

    [Fact]
    public async Task Typed_writes_allocate_nothing()
    {
        var client = Client();
        await AssertAsync(Nothing, "SetAsync", async rounds =>
        {
            for (var i = 0; i < rounds; i++) await client.SetAsync("s", "text", TimeSpan.FromMinutes(1), Stop);
        });
        await AssertAsync(Nothing, "HashSetAsync", async rounds =>
        {
            for (var i = 0; i < rounds; i++) await client.HashSetAsync("h", "field", "text", Stop);
        });
        await AssertAsync(Nothing, "HashIncrementAsync", async rounds =>
        {
            for (var i = 0; i < rounds; i++) await client.HashIncrementAsync("h", "n", 1, Stop);
        });
    }

    [Fact]
    public async Task Typed_reads_allocate_the_value_alone()
    {
        var client = Client();
        await client.SetAsync("s", new byte[100], cancellationToken: Stop);
        await client.HashSetAsync("h", "field", new byte[100], Stop);
        await AssertAsync(128 + Nothing, "GetAsync", async rounds =>
        {
            for (var i = 0; i < rounds; i++) await client.GetAsync("s", Stop);
        });
        await AssertAsync(128 + Nothing, "HashGetAsync", async rounds =>
        {
            for (var i = 0; i < rounds; i++) await client.HashGetAsync("h", "field", Stop);
        });
    }

    [Fact]
    public async Task A_command_that_the_caller_makes_is_one_object()
    {
        var client = Client();
        await AssertAsync(120 + Nothing, "new RedisCommand", async rounds =>
        {
            for (var i = 0; i < rounds; i++) await client.ExecuteAsync(new RedisCommand("INCRBY", (RedisKey)"n", 1L), Stop);
        });
    }

    [Fact]
    public async Task Many_callers_at_once_allocate_no_more_than_one()
    {
        var client = Client();
        await AssertAsync(Nothing, "32 callers", rounds => Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < rounds / 32; i++) await client.IncrementAsync("n", 1, Stop);
        }))));
    }

    // The least of a few attempts: what else runs in the process can only add.
    private static async Task AssertAsync(double limit, string what, Func<int, Task> run)
    {
        await run(Rounds);
        var least = double.MaxValue;
        for (var attempt = 0; attempt < 5 && least > limit; attempt++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await run(Rounds);
            least = Math.Min(least, (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / Rounds);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {least:0.0} bytes per command"));
        Assert.True(least <= limit, string.Create(CultureInfo.InvariantCulture, $"{what} allocates {least:0.0} bytes per command; at most {limit:0} are expected"));
    }
}
