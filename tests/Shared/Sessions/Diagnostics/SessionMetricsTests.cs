using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.Diagnostics;

public sealed class SessionMetricsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_becomes_of_sessions_is_counted()
    {
        await using var site = await Site.StartAsync(options => options.MaxPerUser = 1);
        using var measured = new Measured(site.A);
        using var browser = new Browser();
        using var other = new Browser();

        await browser.PostOkAsync(site.A, "/set/color/green");
        await browser.PostOkAsync(site.A, "/login/ada");
        await browser.PostOkAsync(site.A, "/login/ada");
        await browser.PostOkAsync(site.A, "/rotate");
        await other.PostOkAsync(site.A, "/login/ada");
        Assert.Equal("", await browser.TextAsync(site.A, "/me"));
        var handle = (await site.Redis.SendAsync("ZRANGE", (await site.Redis.SendAsync("KEYS", "i:*")).Trim(), "0", "-1")).Trim();
        await site.Redis.SendAsync("DEL", await KeyOfAsync(site, handle));
        await browser.PostOkAsync(site.A, "/login/ada");
        await browser.PostOkAsync(site.A, "/logout");

        Assert.Equal(1, measured.Sum("shopsession.sessions.created"));
        Assert.Equal(3, measured.Sum("shopsession.sessions.signed_in", "step_up=False"));
        Assert.Equal(1, measured.Sum("shopsession.sessions.signed_in", "step_up=True"));
        Assert.Equal(1, measured.Sum("shopsession.sessions.rotated"));
        Assert.Equal(1, measured.Sum("shopsession.sessions.revoked", "by=limit"));
        Assert.Equal(1, measured.Sum("shopsession.sessions.expired"));
        Assert.Equal(1, measured.Sum("shopsession.sessions.signed_out"));
        Assert.True(measured.Sum("shopsession.ids.rejected", "reason=unknown") >= 1);
    }

    [Fact]
    public async Task A_read_is_one_round_trip_and_none_when_the_session_is_near()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        using var measured = new Measured(site.B);

        await Poll.UntilAsync(
            async () =>
            {
                await browser.TextAsync(site.B, "/look");
                return measured.Sum("shopsession.sessions.reads", "source=near") > 0;
            },
            Limit, "the session to be near", TestContext.Current.CancellationToken);

        // The measurement is taken after the response left, so two of them may come in either order.
        await Poll.UntilAsync(
            () => measured.Values("shopsession.store.round_trips") is var trips && trips.Contains(0) && trips.Contains(1), Limit, "a request with a round trip and one without", TestContext.Current.CancellationToken);
        Assert.All(measured.Values("shopsession.store.round_trips"), trips => Assert.InRange(trips, 0, 1));
        Assert.True(measured.Sum("shopsession.sessions.reads", "source=store") >= 1);
        Assert.NotEmpty(measured.Values("shopsession.store.duration", "operation=read"));
        Assert.True(measured.Gauge("shopsession.sessions.active") >= 1);
    }

    [Fact]
    public async Task A_write_leaves_the_session_near_so_that_the_next_write_is_one_round_trip()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        using var measured = new Measured(site.B);
        var count = 0;

        await Poll.UntilAsync(
            async () =>
            {
                await browser.PostOkAsync(site.B, $"/set/count/{++count}");
                // Without what the write left every request would read first: two.
                return measured.Values("shopsession.store.round_trips").Contains(1);
            },
            Limit, "a request that only writes", TestContext.Current.CancellationToken);
        Assert.Equal($"{count}", await browser.TextAsync(site.A, "/get/count"));
        Assert.Equal($"{count}", await browser.TextAsync(site.B, "/get/count"));
    }

    [Fact]
    public async Task The_delay_of_a_revocation_is_measured_at_the_other_replica()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        using var measured = new Measured(site.B);
        Assert.Equal("ada", await browser.TextAsync(site.B, "/me"));

        Assert.Equal(1, await site.A.Services.GetRequiredService<ISessionDirectory>().RevokeAllAsync(new UserId("id-ada"), TestContext.Current.CancellationToken));

        await Poll.UntilAsync(() => measured.Values("shopsession.revocation.delay").Length > 0, Limit, "the delay to be measured", TestContext.Current.CancellationToken);
        Assert.InRange(measured.Values("shopsession.revocation.delay")[0], 0, Limit.TotalSeconds);
        Assert.Equal("", await browser.TextAsync(site.B, "/me"));
    }

    [Fact]
    public async Task Failures_of_the_store_are_counted_by_operation()
    {
        await using var site = await Site.StartAsync(replicas: 1);
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        using var measured = new Measured(site.A);

        await site.Redis.KillAsync();
        await Poll.UntilAsync(async () => await browser.TextAsync(site.A, "/me") == "", Limit, "the store to be missed", TestContext.Current.CancellationToken);

        Assert.True(measured.Sum("shopsession.store.failures", "operation=read") >= 1);
    }

    [Fact]
    public async Task An_access_of_the_store_is_a_span_of_the_request_and_names_no_session()
    {
        await using var site = await Site.StartAsync(replicas: 1);
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var trace = ActivityTraceId.CreateRandom();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "ShopSession.Sessions" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace) spans.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);

        using var response = await browser.SendAsync(
            site.A, HttpMethod.Post, "/set/color/green", request => request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01"));
        using (var own = new Activity("administration").SetParentId(trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded).Start())
            await site.A.Services.GetRequiredService<ISessionDirectory>().ListAsync(new UserId("id-ada"), TestContext.Current.CancellationToken);
        await Poll.UntilAsync(() => spans.Any(span => span.Source.Name == "Microsoft.AspNetCore"), Limit, "the request's span", TestContext.Current.CancellationToken);

        var request = Assert.Single(spans, span => span.Source.Name == "Microsoft.AspNetCore");
        var save = Assert.Single(spans, span => span.OperationName == "session save");
        Assert.Equal(request.SpanId, save.ParentSpanId);
        Assert.Single(spans, span => span.OperationName == "session list");
        var id = browser.Cookie!;
        Assert.True(ShopSession.Sessions.SessionId.TryParse(id, out var parsed));
        foreach (var (_, value) in spans.Where(span => span.Source.Name == "ShopSession.Sessions").SelectMany(span => span.TagObjects))
        {
            Assert.DoesNotContain(id, $"{value}", StringComparison.Ordinal);
            Assert.DoesNotContain(parsed.Handle.Value, $"{value}", StringComparison.Ordinal);
        }
    }

    private static async Task<string> KeyOfAsync(Site site, string handle) => (await site.Redis.SendAsync("KEYS", $"s:*{handle}")).Trim();
}
