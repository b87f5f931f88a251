using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Redis;
using ShopSession.Sessions.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.Promises;

public sealed class RotationTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Requests_during_changes_of_id_are_never_signed_out_and_never_write_under_a_replaced_one()
    {
        await using var site = await Site.StartAsync(options => options.RotationGrace = TimeSpan.FromMinutes(1));
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var (previous, reads, signedOut, written) = (browser.Clone(), 0, 0, 0);
        const int Changes = 60;
        for (var i = 0; i < Changes; i++)
        {
            using var current = browser.Clone();
            var parallel = new[] { previous.TextAsync(site.A, "/me"), current.TextAsync(site.A, "/me"), current.TextAsync(site.B, "/me") };
            await browser.PostOkAsync(site.Replicas[i % 2], "/rotate");
            var names = await Task.WhenAll(parallel);
            reads += names.Length;
            signedOut += names.Count(name => name != "ada");
            using var late = await current.PostAsync(site.B, "/set/late/write");
            if (late.StatusCode != HttpStatusCode.Conflict) written++;
            previous.Dispose();
            previous = current.Clone();
        }

        previous.Dispose();
        output.WriteLine($"{Changes} changes of id: {reads} reads with the current or a replaced id, {signedOut} signed out; {written} writes under a replaced id");
        Assert.Equal(0, signedOut);
        Assert.Equal(0, written);
        Assert.Equal("", await browser.TextAsync(site.A, "/get/late"));
    }

    [Fact]
    public async Task The_id_changes_at_sign_in_and_the_old_one_never_signs_in()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/set/color/green");
        using var old = browser.Clone();

        await browser.PostOkAsync(site.A, "/login/ada");

        Assert.NotEqual(old.Cookie, browser.Cookie);
        Assert.Equal("", await old.TextAsync(site.B, "/me"));
    }

    [Theory]
    [InlineData("/rotate")]
    [InlineData("/login/ada")]
    [InlineData("/end-others")]
    public async Task The_old_id_reads_for_the_grace_never_writes_and_is_refused_afterwards(string change)
    {
        await using var site = await Site.StartAsync(options => options.RotationGrace = TimeSpan.FromSeconds(5));
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        await browser.PostOkAsync(site.A, "/set/color/green");
        using var old = browser.Clone();

        await browser.PostOkAsync(site.A, change);

        Assert.NotEqual(old.Cookie, browser.Cookie);
        Assert.Equal("ada", await old.TextAsync(site.B, "/me"));
        using var write = await old.PostAsync(site.B, "/set/color/red");
        Assert.Equal(HttpStatusCode.Conflict, write.StatusCode);
        await Poll.UntilAsync(async () => await old.TextAsync(site.B, "/me") == "", TimeSpan.FromSeconds(20), "the old id to be refused", TestContext.Current.CancellationToken);
        Assert.Equal("green", await browser.TextAsync(site.B, "/get/color"));
        Assert.Equal("ada", await browser.TextAsync(site.B, "/me"));
    }

    [Fact]
    public async Task Signing_out_ends_the_id_that_was_replaced_a_moment_ago_too()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        using var old = browser.Clone();
        await browser.PostOkAsync(site.A, "/rotate");

        await browser.PostOkAsync(site.A, "/logout");

        Assert.Equal("", await old.TextAsync(site.B, "/me"));
    }

    [Fact]
    public async Task An_id_that_was_replaced_twice_within_the_grace_still_reads_and_never_writes()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        using var old = browser.Clone();
        await browser.PostOkAsync(site.A, "/rotate");
        await browser.PostOkAsync(site.B, "/rotate");

        foreach (var replica in site.Replicas) Assert.Equal("ada", await old.TextAsync(replica, "/me"));
        using var write = await old.PostAsync(site.B, "/set/color/red");
        Assert.Equal(HttpStatusCode.Conflict, write.StatusCode);
    }

    /// <summary>
    /// Guards a cluster's slot that moves: the index has arrived at the other node and the record has not, so the one is asked for again after the other, and a change of id passes between them.
    /// </summary>
    [Fact]
    public async Task Signing_out_ends_the_session_also_when_a_change_of_id_passes_between_its_commands()
    {
        await using var site = await Site.StartAsync(replicas: 1);
        await using var rotating = await Replica.StartAsync(site.Redis.ConnectionString, build: static builder => InterceptedRedis.Use(builder.Services));
        await using var leaving = await Replica.StartAsync(site.Redis.ConnectionString, build: static builder => InterceptedRedis.Use(builder.Services));
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        using var other = browser.Clone();
        var (isMarked, goesOn) = (new Replica.Gate(), new Replica.Gate());
        rotating.Services.GetRequiredService<InterceptedRedis>().Before = async transaction =>
        {
            if (!transaction.Commands.Any(static command => command.Name == "ZADD")) return;
            isMarked.Reached.TrySetResult();
            await goesOn.Opened.Task.WaitAsync(TestContext.Current.CancellationToken);
        };
        var rotation = browser.PostAsync(rotating, "/rotate");
        await isMarked.Reached.Task.WaitAsync(TestContext.Current.CancellationToken);
        leaving.Services.GetRequiredService<InterceptedRedis>().Send = async (pipeline, send) =>
        {
            if (pipeline.Commands[0].Name != "ZREM" || goesOn.Opened.Task.IsCompleted) return await send(pipeline);
            var (first, others) = (new RedisPipeline(), new RedisPipeline());
            first.Append(pipeline.Commands[0]);
            foreach (var command in pipeline.Commands.Skip(1)) others.Append(command);
            var replies = await send(others);
            goesOn.Opened.SetResult();
            await rotation;
            return [.. await send(first), .. replies];
        };

        await other.PostOkAsync(leaving, "/logout");

        using var rotated = await rotation;
        foreach (var replica in new[] { site.A, rotating, leaving }) Assert.Equal("", await browser.TextAsync(replica, "/me"));
    }

    [Fact]
    public async Task Signing_out_with_an_id_that_was_replaced_twice_ends_what_the_session_has_become()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        using var old = browser.Clone();
        await browser.PostOkAsync(site.A, "/rotate");
        await browser.PostOkAsync(site.B, "/rotate");

        await old.PostOkAsync(site.B, "/logout");

        foreach (var replica in site.Replicas) Assert.Equal("", await browser.TextAsync(replica, "/me"));
    }

    [Fact]
    public async Task Signing_out_with_the_replaced_id_ends_the_session_that_took_over()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        using var old = browser.Clone();
        await browser.PostOkAsync(site.A, "/rotate");

        await old.PostOkAsync(site.B, "/logout");

        Assert.Equal("", await browser.TextAsync(site.A, "/me"));
    }

    [Fact]
    public async Task Of_changes_of_one_id_at_the_same_time_one_succeeds_and_one_session_lives()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var tries = Enumerable.Range(0, 8).Select(_ => browser.Clone()).ToArray();

        var responses = await Task.WhenAll(tries.Select((client, i) => client.PostAsync(site.Replicas[i % 2], "/rotate")));

        Assert.Single(responses, response => response.IsSuccessStatusCode);
        Assert.Equal("1", await site.Redis.SendAsync("ZCARD", (await site.Redis.SendAsync("KEYS", "i:*")).Trim()));
        foreach (var client in tries) client.Dispose();
    }

    [Fact]
    public async Task No_write_is_lost_between_the_old_id_and_the_new()
    {
        await using var site = await Site.StartAsync();
        var lost = 0;
        for (var i = 0; i < 25; i++)
        {
            using var browser = new Browser();
            await browser.PostOkAsync(site.A, "/login/ada");
            using var writer = browser.Clone();
            var write = writer.PostAsync(site.B, $"/slow-set/mark/yes?hold={i % 6}");
            await browser.PostOkAsync(site.A, "/rotate");
            using var written = await write;
            // Either the write was told that it was refused, or it is there.
            if (written.IsSuccessStatusCode && await browser.TextAsync(site.A, "/get/mark") != "yes") lost++;
        }

        Assert.Equal(0, lost);
    }

    [Fact]
    public async Task A_change_of_id_that_was_cut_off_leaves_the_old_id_working()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var key = (await site.Redis.SendAsync("KEYS", "s:*")).Trim();

        // What a process leaves that died after marking the record, ten seconds ago.
        await site.Redis.SendAsync("HSET", key, "r", $"p{DateTimeOffset.UtcNow.AddSeconds(-10).ToUnixTimeMilliseconds()}");

        Assert.Equal("ada", await browser.TextAsync(site.A, "/me"));
        await browser.PostOkAsync(site.B, "/set/color/green");
        await browser.PostOkAsync(site.A, "/rotate");
        Assert.Equal("green", await browser.TextAsync(site.B, "/get/color"));
    }

    [Fact]
    public async Task Ending_the_others_ends_them_on_every_replica_and_keeps_this_one()
    {
        await using var site = await Site.StartAsync();
        using var here = new Browser();
        using var there = new Browser();
        await there.PostOkAsync(site.A, "/login/ada");
        await here.PostOkAsync(site.A, "/login/ada");
        using var third = new Browser();
        await third.PostOkAsync(site.B, "/login/ada");

        await here.PostOkAsync(site.A, "/end-others");

        foreach (var replica in site.Replicas)
        {
            Assert.Equal("", await there.TextAsync(replica, "/me"));
            Assert.Equal("", await third.TextAsync(replica, "/me"));
            Assert.Equal("ada", await here.TextAsync(replica, "/me"));
        }
    }

}
