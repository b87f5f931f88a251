using ShopSession.Testing;

namespace ShopSession.Promises.Tests;

public sealed class QuickRunTests(ITestOutputHelper output)
{
    [Fact]
    public async Task On_the_running_shop_two_promises_are_tried_and_kept()
    {
        RedisServerProcess.RequireRedisServer();

        var run = await PromisesProcess.RunAsync("--quick", "--only", "9,12", "--replicas", "2", "--seed", "7");

        output.WriteLine(run.Errors);
        output.WriteLine(run.Output);
        var rows = run.Rows().ToArray();
        Assert.Equal([9, 12], rows.Select(row => row.Promise).Distinct());
        Assert.All(rows, row => Assert.True(row is { Trials: > 0, Violations: 0 }, $"{row}"));
        Assert.Equal(0, run.ExitCode);
    }
}
