using System.Buffers.Text;
using System.Security.Cryptography;
using ShopSession.Sessions.Statistics;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Statistics;

public sealed class SessionSampleTests
{
    [Fact]
    public void A_few_sessions_are_counted_exactly_and_once_over_all_replicas()
    {
        var (one, two) = (new SessionsInUse(TimeProvider.System), new SessionsInUse(TimeProvider.System));
        var handles = Handles(40);
        foreach (var handle in handles[..30]) one.Saw(handle, isLogin: true);
        foreach (var handle in handles[20..]) two.Saw(handle, isLogin: true);
        one.Saw(Handles(1)[0], isLogin: false);

        Assert.Equal(40, SessionSample.Union([one.Sample().Logins, two.Sample().Logins]).Estimate);
        Assert.Equal(1, SessionSample.Union([one.Sample().Guests, two.Sample().Guests]).Estimate);
        Assert.Equal(0, SessionSample.Union([]).Estimate);
    }

    [Fact]
    public void Many_are_estimated_from_a_bounded_sample()
    {
        const int Count = 50_000;
        var (one, two) = (new SessionsInUse(TimeProvider.System), new SessionsInUse(TimeProvider.System));
        foreach (var handle in Handles(Count))
        {
            one.Saw(handle, isLogin: true);
            two.Saw(handle, isLogin: true);
        }

        var union = SessionSample.Union([one.Sample().Logins, two.Sample().Logins]);
        Assert.InRange(union.Marks.Count, 32, SessionSample.Most);
        // Six times the stated error: a sample that is off by more is wrong, not unlucky.
        Assert.InRange(union.Estimate, Count * 0.55, Count * 1.45);
    }

    [Fact]
    public void What_ended_or_was_not_used_for_the_window_is_not_counted()
    {
        var time = new ManualTime();
        var inUse = new SessionsInUse(time);
        var handles = Handles(3);
        foreach (var handle in handles) inUse.Saw(handle, isLogin: true);
        inUse.Forget(handles[0]);
        Assert.Equal(2, inUse.Sample().Logins.Estimate);
        time.Advance(SessionStatistics.UseWindow);
        inUse.Saw(handles[1], isLogin: true);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, inUse.Sample().Logins.Estimate);
    }

    private static SessionHandle[] Handles(int count) => [.. Enumerable.Range(0, count).Select(_ => new SessionHandle(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16))))];
}
