using System.Net;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Promises;

public sealed class NoResurrectionTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_save_that_meets_a_sign_out_never_brings_the_session_back()
    {
        await using var site = await Site.StartAsync();
        var alive = 0;
        var saved = 0;
        const int Trials = 60;

        for (var i = 0; i < Trials; i++)
        {
            using var browser = new Browser();
            await browser.PostOkAsync(site.A, "/login/ada");
            using var other = browser.Clone();
            using var stolen = browser.Clone();
            var save = other.PostAsync(site.B, $"/slow-set/note/{i}?hold={i % 12}");
            await Task.Delay(i % 7, TestContext.Current.CancellationToken);
            await browser.PostOkAsync(site.A, "/logout");
            using var saveResponse = await save;
            if (saveResponse.IsSuccessStatusCode) saved++;
            else Assert.Equal(HttpStatusCode.Conflict, saveResponse.StatusCode);
            foreach (var replica in site.Replicas)
            {
                if (await stolen.TextAsync(replica, "/me") != "" || await stolen.TextAsync(replica, "/get/note") != "") alive++;
            }
        }

        output.WriteLine($"{Trials} races, {saved} saves were first, {alive} sessions alive after sign-out");
        Assert.Equal(0, alive);
    }

    [Fact]
    public async Task A_save_after_the_end_is_reported_and_leaves_nothing_behind()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        using var late = browser.Clone();
        var gate = site.B.Gates.GetOrAdd("late", _ => new Replica.Gate());
        var save = late.PostAsync(site.B, "/gated-set/note/late?gate=late");
        await gate.Reached.Task.WaitAsync(TestContext.Current.CancellationToken);

        await browser.PostOkAsync(site.A, "/logout");
        gate.Opened.SetResult();

        using var response = await save;
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("", await site.Redis.SendAsync("KEYS", "s:*"));
    }
}
