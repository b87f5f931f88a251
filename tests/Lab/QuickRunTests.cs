using System.Text.Json;
using ShopSession.Testing;

namespace ShopSession.Lab.Tests;

public sealed class QuickRunTests(ITestOutputHelper output)
{
    [Fact]
    public async Task On_the_running_shop_local_loses_logins_and_redis_loses_none()
    {
        RedisServerProcess.RequireRedisServer();
        var folder = Directory.CreateTempSubdirectory("shop-lab-test-");
        try
        {
            var run = await LabProcess.RunAsync("--quick", "--siblings", "1", "--only", "local/round-robin,redis/round-robin", "--output", folder.FullName);

            output.WriteLine(run.Errors);
            output.WriteLine(run.Output);
            Assert.Equal(0, run.ExitCode);
            Assert.True(await LostAsync(folder, "local", "lostAtNextRequest") > 0);
            Assert.Equal(20, await LostAsync(folder, "local", "lostAfterRollingRestart"));
            foreach (var scenario in (string[])["lostAtNextRequest", "lostAfterKill", "lostAfterRollingRestart", "lostAfterStoreRestart", "lostAfterAdding", "lostAfterRemoving", "unknownAtSibling"])
                Assert.Equal((scenario, 0), (scenario, await LostAsync(folder, "redis", scenario)));
            var report = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "README.md"), TestContext.Current.CancellationToken);
            Assert.Contains("| 0 | local + round-robin | a login is lost on about (N-1)/N of the next requests |", report, StringComparison.Ordinal);
            Assert.Contains("| 5 | redis + round-robin | any replica may be killed, restarted, added, removed: nothing is lost | 0 of 20 logins were lost in five scenarios | holds |", report, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(folder.FullName, "index.html")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> LostAsync(DirectoryInfo folder, string way, string scenario)
    {
        await using var file = File.OpenRead(Path.Combine(folder.FullName, "results", $"cell-{way}-round-robin.json"));
        using var cell = await JsonDocument.ParseAsync(file, cancellationToken: TestContext.Current.CancellationToken);
        return cell.RootElement.GetProperty(scenario).GetInt32();
    }
}
