using System.Globalization;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Promises;

public sealed class NoLostUpdateTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Overlapping_requests_that_change_different_keys_on_two_replicas_lose_nothing()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var lost = 0;
        const int Trials = 40;

        for (var i = 0; i < Trials; i++)
        {
            await Task.WhenAll(
                browser.PostOkAsync(site.A, $"/slow-set/left/{i}?hold=20"),
                browser.PostOkAsync(site.B, $"/slow-set/right/{i}?hold=10"));
            if (await browser.TextAsync(site.A, "/get/left") != i.ToString(CultureInfo.InvariantCulture)) lost++;
            if (await browser.TextAsync(site.B, "/get/right") != i.ToString(CultureInfo.InvariantCulture)) lost++;
        }

        output.WriteLine($"{Trials * 2} overlapping writes, {lost} lost");
        Assert.Equal(0, lost);
    }

    [Fact]
    public async Task What_was_answered_as_written_is_read_by_the_next_request_on_another_replica()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var stale = 0;
        const int Trials = 200;

        for (var i = 0; i < Trials; i++)
        {
            await browser.PostOkAsync(site.Replicas[i % 2], $"/set/step/{i}");
            if (await browser.TextAsync(site.Replicas[(i + 1) % 2], "/get/step") != i.ToString(CultureInfo.InvariantCulture)) stale++;
        }

        output.WriteLine($"{Trials} reads elsewhere after a write, {stale} stale");
        Assert.Equal(0, stale);
    }

    [Fact]
    public async Task A_counter_is_exact_over_replicas()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => browser.PostOkAsync(site.Replicas[i % 2], "/count/visits")));

        Assert.Equal("101", await browser.PostOkAsync(site.A, "/count/visits"));
    }

    [Fact]
    public async Task A_removed_attribute_is_gone_everywhere_and_its_neighbours_stay()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/set/one/1");
        await browser.PostOkAsync(site.B, "/set/two/2");

        await browser.PostOkAsync(site.A, "/remove/one");

        Assert.Equal("", await browser.TextAsync(site.B, "/get/one"));
        Assert.Equal("2", await browser.TextAsync(site.B, "/get/two"));
    }

    [Fact]
    public async Task A_write_keeps_near_what_another_replica_wrote_while_it_was_on_its_way()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        await browser.PostOkAsync(site.A, "/set/left/old");
        await browser.PostOkAsync(site.A, "/set/gone/old");
        var reached = site.A.Gates.GetOrAdd("here", _ => new Replica.Gate());

        var writing = browser.PostOkAsync(site.A, "/gated-set/right/new?gate=here");
        await reached.Reached.Task.WaitAsync(TestContext.Current.CancellationToken);
        await browser.PostOkAsync(site.B, "/set/left/new");
        await browser.PostOkAsync(site.B, "/remove/gone");
        reached.Opened.SetResult();
        await writing;

        // From the copy that the write left near, and from the store.
        foreach (var replica in site.Replicas)
        {
            Assert.Equal("new", await browser.TextAsync(replica, "/get/left"));
            Assert.Equal("new", await browser.TextAsync(replica, "/get/right"));
            Assert.Equal("", await browser.TextAsync(replica, "/get/gone"));
            Assert.Equal("ada", await browser.TextAsync(replica, "/me"));
        }
    }

    [Fact]
    public async Task What_a_request_does_to_the_bytes_that_it_was_given_is_its_own_affair()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/set/color/green");

        Assert.Equal("Xreen", await browser.TextAsync(site.A, "/scribble/color"));

        Assert.Equal("green", await browser.TextAsync(site.A, "/get/color"));
        Assert.Equal("green", await browser.TextAsync(site.B, "/get/color"));
    }
}
