using System.Diagnostics;
using ShopSession.Testing;

namespace ShopSession.Web.Tests.Draining;

public sealed class DrainTests(StoreFixture store)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_replica_that_is_to_stop_serves_on_until_the_gateway_has_heard_so()
    {
        await using var service = await ProbeService.StartAsync(store, settings: ("Shop:DrainTime", "00:01:00"));
        Assert.Equal(200, (await AskAsync(service, "gateway-a", "30")).Status);
        Assert.Equal(200, (await AskAsync(service, "gateway-b", "30")).Status);

        var stop = service.StopAsync();
        await UntilDrainingAsync(service);
        var told = await AskAsync(service, "gateway-a", "30");
        var request = await service.GetAsync("/probe");

        Assert.Equal(503, told.Status);
        Assert.Equal("true", told.Header("X-Shop-Draining"));
        Assert.Contains("stops soon", told.Text, StringComparison.Ordinal);
        Assert.Equal(200, request.Status);
        Assert.Equal("close", request.Header("Connection"));
        Assert.False(stop.IsCompleted);

        await AskAsync(service, "gateway-b", "30");
        await stop.WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task It_does_not_wait_for_a_gateway_that_has_left_or_has_missed_its_probes()
    {
        await using var service = await ProbeService.StartAsync(store, settings: ("Shop:DrainTime", "00:01:00"));
        await AskAsync(service, "gateway-a", "30");
        await AskAsync(service, "gateway-a", "leaving");
        await AskAsync(service, "gateway-b", "0.2");

        // Well below the minute that it would wait for one that is there.
        await service.StopAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task It_does_not_wait_when_only_others_than_the_gateway_have_asked()
    {
        await using var service = await ProbeService.StartAsync(store, settings: ("Shop:DrainTime", "00:01:00"));
        await service.GetAsync("/health", ("X-Shop-Probe", "forged;30"));
        await service.GetAsync("/health");

        await service.StopAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_drain_time_bounds_the_wait()
    {
        await using var service = await ProbeService.StartAsync(store, settings: ("Shop:DrainTime", "00:00:01"));
        await AskAsync(service, "gateway-a", "60");
        var begin = Stopwatch.GetTimestamp();

        await service.StopAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.True(Stopwatch.GetElapsedTime(begin) >= TimeSpan.FromSeconds(0.9), "it did not wait for the gateway at all");
    }

    private static Task<Reply> AskAsync(ProbeService service, string gateway, string next) =>
        service.GetAsync("/health", ("X-Shop-Gateway-Key", ProbeService.Key), ("X-Shop-Probe", $"{gateway};{next}"));

    private static Task UntilDrainingAsync(ProbeService service) => Poll.UntilAsync(
        async () => (await service.GetAsync("/health")).Status == 503, Limit, "the replica says that it is to stop", TestContext.Current.CancellationToken);
}
