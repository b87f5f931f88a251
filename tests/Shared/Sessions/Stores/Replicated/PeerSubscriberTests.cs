using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Stores.Replicated;
using ShopSession.Sessions.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.Stores.Replicated;

public sealed class PeerSubscriberTests
{
    // A request that publishes to a peer that has just been cut off and let go must not fail: its own change is made.
    [Fact]
    public async Task A_peer_that_is_too_far_behind_is_cut_off_once_and_a_late_publisher_is_not_disturbed()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var measured = new Measured(meters);
        using var subscriber = new PeerSubscriber(2, new ReplicationMetrics(meters));

        for (var i = 0; i < 5; i++) subscriber.Queue([1]);
        await Poll.UntilAsync(() => Task.FromResult(subscriber.CutOff.IsCancellationRequested), TimeSpan.FromSeconds(30), "the peer to be cut off", TestContext.Current.CancellationToken);
        subscriber.Dispose();
        subscriber.Queue([1]);

        Assert.Equal(1, measured.Sum("shopsession.replication.overflows"));
    }
}
