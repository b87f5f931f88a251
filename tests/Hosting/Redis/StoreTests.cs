using Aspire.Hosting.Redis;
using ShopSession.Hosting.Tests.Support;
using ShopSession.Testing;

namespace ShopSession.Hosting.Tests.Redis;

public sealed class StoreTests
{
    [Theory]
    [InlineData("redis-server")]
    [InlineData("embedded")]
    public async Task The_store_answers_with_its_password_only_and_keeps_its_data_over_a_restart(string store)
    {
        if (store == "redis-server")
            RedisServerProcess.RequireRedisServer();
        using var settings = new SampleSettings();
        string[] args = ["Sample:WithStore=true", $"Sample:Store={store}", $"Sample:DataDirectory={settings.DataDirectory}"];
        var token = TestContext.Current.CancellationToken;

        await using (var first = await SampleApplication.StartAsync(args))
        {
            var address = RedisAddress.Parse((await first.App.GetConnectionStringAsync("store", token))!);
            Assert.Null(await RedisProbe.CheckAsync(address, token));
            Assert.Contains("NOAUTH", await RedisProbe.CheckAsync(address with { Password = null }, token), StringComparison.Ordinal);
            Assert.Contains("WRONGPASS", await RedisProbe.CheckAsync(address with { Password = "guessed" }, token), StringComparison.Ordinal);
            await WriteAsync(address, token);
        }

        await using var second = await SampleApplication.StartAsync(args);
        var again = RedisAddress.Parse((await second.App.GetConnectionStringAsync("store", token))!);
        Assert.Equal("kept", await ReadAsync(again, token));
    }

    [Theory]
    [InlineData("redis-server")]
    [InlineData("embedded")]
    public async Task No_password_stands_in_the_arguments_of_the_store(string store)
    {
        LiveProcesses.RequireProc();
        if (store == "redis-server")
            RedisServerProcess.RequireRedisServer();
        await using var sample = await SampleApplication.StartAsync(["Sample:WithStore=true", $"Sample:Store={store}"]);
        var address = RedisAddress.Parse((await sample.App.GetConnectionStringAsync("store", TestContext.Current.CancellationToken))!);
        var arguments = await File.ReadAllTextAsync($"/proc/{sample.App.GetReplica("store").ProcessId}/cmdline", TestContext.Current.CancellationToken);

        Assert.DoesNotContain(address.Password!, arguments, StringComparison.Ordinal);
    }

    private static async Task WriteAsync(RedisAddress address, CancellationToken token)
    {
        await using var redis = await ConnectAsync(address, token);
        await redis.SendAsync(["SET", "sample", "kept"], token);
    }

    private static async Task<string> ReadAsync(RedisAddress address, CancellationToken token)
    {
        await using var redis = await ConnectAsync(address, token);
        return await redis.SendAsync(["GET", "sample"], token);
    }

    private static Task<RawRedis> ConnectAsync(RedisAddress address, CancellationToken token) =>
        RawRedis.ConnectAsync(address.Endpoints[0].Port, address.Password, cancellationToken: token);
}
