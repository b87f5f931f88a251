using System.Net;
using ShopSession.Sessions.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.Events;

public sealed class SessionEventsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Below the 15 s after which an open page's stream looks by itself: what comes within this was told.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(12);

    [Theory]
    [InlineData("/logout")]
    [InlineData("others")]
    public async Task An_open_page_on_another_replica_learns_that_its_login_ended(string how)
    {
        await using var site = await Site.StartAsync();
        using var here = new Browser();
        using var there = new Browser();
        await here.PostOkAsync(site.A, "/login/ada");
        await there.PostOkAsync(site.A, "/login/ada");
        using var stream = await EventStream.OpenAsync(site.B, here);
        Assert.Contains("secondsLeft", await stream.NextAsync("state", Limit), StringComparison.Ordinal);

        if (how == "others") await there.PostOkAsync(site.A, "/end-others");
        else await here.PostOkAsync(site.A, how);

        await stream.NextAsync("ended", Told);
    }

    [Fact]
    public async Task A_page_whose_login_expires_unused_is_told()
    {
        await using var site = await Site.StartAsync(options => options.IdleTimeout = TimeSpan.FromSeconds(5));
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        using var stream = await EventStream.OpenAsync(site.B, browser);

        await stream.NextAsync("ended", Limit);
    }

    /// <summary>Guards the moment in which the subscription is away: what ended then was noticed at the next look only, 15 s later.</summary>
    [Fact]
    public async Task A_page_whose_login_ended_while_nobody_could_be_told_learns_of_it_at_once()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        using var stream = await EventStream.OpenAsync(site.B, browser);
        await stream.NextAsync("state", Limit);

        await site.Redis.SendAsync("FLUSHDB");
        await site.Redis.SendAsync("CLIENT", "KILL", "TYPE", "pubsub");

        await stream.NextAsync("ended", Told);
    }

    /// <summary>Guards the same where the subscription was refused and had to be begun anew: nothing told that messages may be missing.</summary>
    [Fact]
    public async Task A_page_whose_login_ended_while_the_subscription_was_refused_learns_of_it_when_it_is_back()
    {
        await using var site = await Site.StartAsync(replicas: 1, redisOptions: new RedisServerOptions { IsReal = true });
        await site.Redis.SendAsync("ACL", "SETUSER", "limited", "on", ">secret", "~*", "&*", "+@all");
        await using var limited = await Replica.StartAsync($"{site.Redis.ConnectionString},user=limited,password=secret");
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        using var stream = await EventStream.OpenAsync(limited, browser);
        await stream.NextAsync("state", Limit);

        await site.Redis.SendAsync("ACL", "SETUSER", "limited", "resetchannels");
        await Poll.UntilAsync(async () => (await site.Redis.SendAsync("ACL", "LOG")).Contains("channel", StringComparison.Ordinal), Limit, "the subscription is refused", TestContext.Current.CancellationToken);
        await browser.PostOkAsync(site.A, "/logout");
        await site.Redis.SendAsync("ACL", "SETUSER", "limited", "&*");

        await stream.NextAsync("ended", Told);
    }

    [Fact]
    public async Task Staying_signed_in_counts_as_use()
    {
        await using var site = await Site.StartAsync(options => options.SlidingInterval = TimeSpan.FromMinutes(1));
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var before = await site.CallsAsync("hset");

        using var kept = await browser.PostAsync(site.B, "/session/keep");

        Assert.Equal(HttpStatusCode.NoContent, kept.StatusCode);
        Assert.Equal(before + 1, await site.CallsAsync("hset"));
        await browser.PostOkAsync(site.A, "/logout");
        using var late = await browser.PostAsync(site.B, "/session/keep");
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
    }

    [Fact]
    public async Task Who_is_not_signed_in_has_nothing_to_hear()
    {
        await using var site = await Site.StartAsync(replicas: 1);
        using var browser = new Browser();

        using var response = await browser.GetAsync(site.A, "/session/events");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private sealed class EventStream(HttpClient http, HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public static async Task<EventStream> OpenAsync(Replica replica, Browser browser)
        {
            var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(replica.Address, "/session/events"));
            request.Headers.Add("Cookie", $"{Browser.CookieName}={browser.Cookie}");
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            return new EventStream(http, response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
        }

        /// <summary>Reads until an event of the name comes, and returns its data.</summary>
        public async Task<string> NextAsync(string name, TimeSpan limit)
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            ends.CancelAfter(limit);
            var current = "";
            while (await reader.ReadLineAsync(ends.Token) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal)) current = line[7..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal) && current == name) return line[6..];
            }

            throw new InvalidOperationException($"The stream ended without the event {name}.");
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
            http.Dispose();
        }
    }
}
