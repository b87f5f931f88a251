namespace ShopSession.Redis.Tests.Connections;

/// <summary>Callers that do what they should not: it may cost them their own result, and nobody else anything.</summary>
public sealed class MisuseTests : RedisTest
{
    /// <summary>Guards the pooled requests: the second look let go of a request that still waited for its reply, which then went to whoever had got the object next.</summary>
    [Fact]
    public async Task Awaiting_a_cancelled_call_twice_gives_no_reply_to_another_caller()
    {
        var client = Client(options => options.HeartbeatTimeout = TimeSpan.FromSeconds(30));
        await client.PingAsync(Stop);
        Server.Pause();
        using var source = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 1500).Select(i => client.ExecuteAsync("ECHO", [$"secret-{i}"], source.Token)).ToList();
        await source.CancelAsync();
        foreach (var call in calls)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await call);
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await call);
        }

        var others = Enumerable.Range(0, 100).Select(i => client.ExecuteAsync("ECHO", [$"other-{i}"], Stop).AsTask()).ToArray();
        Server.Resume();
        var replies = await Task.WhenAll(others);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"other-{i}"), replies.Select(reply => reply.AsString()));
    }

    [Fact]
    public async Task Taking_a_result_twice_is_refused_and_hurts_nobody()
    {
        var client = Client();
        await client.SetAsync("a", "1", cancellationToken: Stop);
        for (var i = 0; i < 50; i++)
        {
            var call = client.GetStringAsync("a", Stop);
            Assert.Equal("1", await call);
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await call);
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                var text = $"{caller}-{i}";
                Assert.Equal(text, (await client.ExecuteAsync("ECHO", [text], Stop)).AsString());
            }
        })));
    }

    /// <summary>Guards the count of replies: it was read from the caller's list, which had grown while the replies of an abandoned call were still to come.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_that_grows_after_its_call_was_given_up_does_not_end_the_connection(bool atomic)
    {
        var client = Client(options => options.HeartbeatTimeout = TimeSpan.FromSeconds(30));
        var id = await client.ExecuteAsync("CLIENT", ["ID"], Stop);
        Server.Pause();
        using var source = new CancellationTokenSource();
        var pipeline = new RedisPipeline().Add("ECHO", "one");
        var transaction = new RedisTransaction().Add("ECHO", "one");
        var call = atomic ? client.ExecuteAsync(transaction, source.Token).AsTask() : client.ExecuteAsync(pipeline, source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        pipeline.Add("ECHO", "two");
        transaction.Add("ECHO", "two");
        var other = client.ExecuteAsync("ECHO", ["other"], Stop).AsTask();
        Server.Resume();
        Assert.Equal("other", (await other).AsString());
        var again = atomic ? await client.ExecuteAsync(transaction, Stop) : await client.ExecuteAsync(pipeline, Stop);
        Assert.Equal(["one", "two"], again.Select(reply => reply.AsString()));
        Assert.Equal(id.AsInt64(), (await client.ExecuteAsync("CLIENT", ["ID"], Stop)).AsInt64());
    }

    [Fact]
    public async Task A_client_may_be_disposed_of_twice()
    {
        var client = Client();
        await client.PingAsync(Stop);
        await client.DisposeAsync();
        await client.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(async () => await client.PingAsync(Stop));
    }
}
