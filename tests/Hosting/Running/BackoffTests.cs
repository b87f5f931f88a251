using Aspire.Hosting.Running;

namespace ShopSession.Hosting.Tests.Running;

public sealed class BackoffTests
{
    [Fact]
    public void The_pause_doubles_up_to_half_a_minute()
    {
        var backoff = new Backoff();
        var pauses = Enumerable.Range(0, 9).Select(_ => backoff.Next(TimeSpan.FromSeconds(1)).TotalSeconds).ToArray();
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30, 30], pauses);
    }

    [Fact]
    public void It_begins_anew_after_a_stable_run()
    {
        var backoff = new Backoff();
        for (var i = 0; i < 5; i++)
            backoff.Next(TimeSpan.FromSeconds(1));

        Assert.Equal(0.5, backoff.Next(TimeSpan.FromSeconds(30)).TotalSeconds);
        Assert.Equal(1, backoff.Next(TimeSpan.FromSeconds(1)).TotalSeconds);
    }

    [Fact]
    public void It_stays_at_its_longest_for_ever()
    {
        var backoff = new Backoff();
        Assert.All(Enumerable.Range(0, 200).Select(_ => backoff.Next(TimeSpan.Zero)).ToArray()[10..], pause => Assert.Equal(30, pause.TotalSeconds));
    }
}
