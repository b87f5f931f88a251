namespace ShopSession.Redis.Tests.Exclusive;

public sealed class WatchTests : RedisTest
{
    [Fact]
    public async Task A_commit_succeeds_when_nothing_changed_and_fails_when_something_did()
    {
        var client = Client();
        await using (var watch = await client.WatchAsync(["a"], Stop))
        {
            Assert.True((await watch.ExecuteAsync(Get("a"), Stop)).IsNull);
            var replies = await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"a", "1"), Stop);
            Assert.Equal("OK", Assert.Single(replies!).AsString());
        }

        await using (var watch = await client.WatchAsync(["a"], Stop))
        {
            await client.ExecuteAsync(Set("a", "other"), Stop);
            Assert.Null(await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"a", "2"), Stop));
        }

        Assert.Equal("other", (await client.ExecuteAsync(Get("a"), Stop)).AsString());
    }

    [Fact]
    public async Task A_connection_given_back_watches_nothing_any_more_and_is_used_again()
    {
        var client = Client();
        for (var i = 0; i < 10; i++)
        {
            await using (await client.WatchAsync(["a"], Stop))
            {
            }

            await client.ExecuteAsync(Set("a", $"{i}"), Stop);
            await using var watch = await client.WatchAsync(["b"], Stop);
            Assert.NotNull(await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"b", "1"), Stop));
        }

        Assert.Contains("connected_clients:3", await Server.SendAsync("INFO", "clients"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counting_by_optimistic_transactions_loses_nothing_with_more_callers_than_connections()
    {
        var client = Client(options => options.MaxExclusiveConnections = 4);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                while (true)
                {
                    await using var watch = await client.WatchAsync(["n"], Stop);
                    var before = await watch.ExecuteAsync(Get("n"), Stop);
                    var next = (before.IsNull ? 0 : before.AsInt64()) + 1;
                    if (await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"n", next), Stop) is not null) break;
                }
            }
        })));
        Assert.Equal(120, (await client.ExecuteAsync(Get("n"), Stop)).AsInt64());
    }

    [Fact]
    public async Task An_abandoned_command_takes_its_connection_with_it()
    {
        var client = Client();
        await using (var watch = await client.WatchAsync(["a"], Stop))
        {
            using var source = new CancellationTokenSource();
            var blocked = watch.ExecuteAsync(new RedisCommand("BLPOP", (RedisKey)"list", "0.5"), source.Token);
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await blocked);
        }

        await using var next = await client.WatchAsync(["b"], Stop);
        Assert.Equal("1", (await next.ExecuteAsync(new RedisCommand("ECHO", "1"), Stop)).AsString());
    }
}
