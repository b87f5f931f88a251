using System.Net;
using Microsoft.AspNetCore.Http;
using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Nginx;

/// <summary>The files of <c>deploy/nginx</c> do what they say, in a real nginx.</summary>
public sealed class NginxTests
{
    public static TheoryData<string> Policies => ["round-robin", "least-requests", "ip-hash", "ip-hash-consistent", "session-hash", "session-hash-consistent"];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task The_configuration_is_valid_as_delivered(string policy)
    {
        var (exitCode, said) = await NginxServer.CheckAsync(policy);

        Assert.True(exitCode == 0, said);
    }

    [Fact]
    public async Task Round_robin_takes_turns()
    {
        await using var shop = await Three.StartAsync("round-robin");

        // Each worker process counts for itself, but they share the upstream's zone.
        Assert.All((await shop.Nginx.AskAsync(30)).CountBy(name => name), share => Assert.Equal(10, share.Value));
    }

    [Fact]
    public async Task Least_requests_leaves_a_busy_replica_alone()
    {
        await using var shop = await Three.StartAsync("least-requests");
        var free = new TaskCompletionSource();
        foreach (var backend in shop.Backends)
            backend.Answer = async context =>
            {
                if (context.Request.Path == "/slow") await free.Task.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync(backend.Name, context.RequestAborted);
            };

        var slow = shop.Nginx.SendAsync("/slow");
        await Eventually.HoldsAsync(() => shop.Backends.Sum(backend => backend.Requests.Count) == 1, "the slow request has arrived");
        var busy = shop.Backends.Single(backend => !backend.Requests.IsEmpty).Name;
        Assert.DoesNotContain(busy, await shop.Nginx.AskAsync(12));
        free.SetResult();
        using var answer = await slow;
    }

    [Theory]
    [InlineData("ip-hash")]
    [InlineData("ip-hash-consistent")]
    public async Task An_address_stays_and_a_claimed_one_does_not_count(string policy)
    {
        await using var shop = await Three.StartAsync(policy);

        Assert.Single((await shop.Nginx.AskAsync(30, i => request => request.Headers.Add("X-Forwarded-For", $"10.0.{i}.1"))).Distinct());
    }

    [Theory]
    [InlineData("session-hash")]
    [InlineData("session-hash-consistent")]
    public async Task A_session_stays_whether_by_cookie_or_by_token_and_sessions_spread(string policy)
    {
        await using var shop = await Three.StartAsync(policy);
        Action<HttpRequestMessage> Cookie(int user) => request => request.Headers.Add("Cookie", $"a=1; __Secure-shop.sid=user-{user}; b=2");
        Action<HttpRequestMessage> Token(int user) => request => request.Headers.Authorization = new("Bearer", $"user-{user}");

        var cookies = await shop.Nginx.AskAsync(40, Cookie);
        var nobody = await shop.Nginx.AskAsync(40);

        Assert.Equal(cookies, await shop.Nginx.AskAsync(40, Cookie));
        Assert.Equal(cookies, await shop.Nginx.AskAsync(40, Token));
        Assert.Equal(3, cookies.Distinct().Count());
        Assert.Equal(3, nobody.Distinct().Count());
    }

    [Fact]
    public async Task Services_get_the_headers_that_they_believe_and_none_that_a_client_forged()
    {
        await using var shop = await Three.StartAsync("round-robin");
        string[] forged = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Forwarded-Port", "Forwarded", "X-Real-IP", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-Shop-Gateway-Key"];

        using var answer = await shop.Nginx.SendAsync("/", "cart.shop.localhost:8080", request =>
        {
            foreach (var header in forged) request.Headers.Add(header, "forged");
        });

        var seen = shop.Backends.SelectMany(backend => backend.Requests).Single().Headers;
        Assert.Equal("127.0.0.1", seen["X-Forwarded-For"]);
        Assert.Equal("http", seen["X-Forwarded-Proto"]);
        Assert.Equal("cart.shop.localhost:8080", seen["X-Forwarded-Host"]);
        Assert.Equal("cart.shop.localhost:8080", seen["Host"]);
        Assert.Equal(GatewayHost.Key, seen["X-Shop-Gateway-Key"]);
        Assert.DoesNotContain("forged", seen.Values);
    }

    [Theory]
    [InlineData("/internal/stock", "cart.shop.localhost")]
    [InlineData("/INTERNAL//stock", "cart.shop.localhost")]
    [InlineData("/x/../internal", "cart.shop.localhost")]
    [InlineData("/%69nternal/stock", "cart.shop.localhost")]
    [InlineData("/health", "cart.shop.localhost")]
    [InlineData("/", "evil.test")]
    [InlineData("/", "evil.shop.localhost")]
    public async Task What_is_not_public_is_not_forwarded(string path, string host)
    {
        await using var shop = await Three.StartAsync("round-robin");

        using var answer = await shop.Nginx.SendAsync(path, host);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.All(shop.Backends, backend => Assert.Empty(backend.Requests));
    }

    [Fact]
    public async Task A_dead_replica_costs_nobody_an_error()
    {
        await using var shop = await Three.StartAsync("session-hash-consistent");

        await shop.Backends[0].KillAsync();

        Assert.DoesNotContain("cart-1", await shop.Nginx.AskAsync(20, user => request => request.Headers.Add("Cookie", $"__Secure-shop.sid=user-{user}")));
    }

    private sealed class Three(NginxServer nginx, Backend[] backends) : IAsyncDisposable
    {
        public NginxServer Nginx => nginx;

        public Backend[] Backends => backends;

        public static async Task<Three> StartAsync(string policy)
        {
            var backends = await Task.WhenAll(Enumerable.Range(1, 3).Select(number => new Backend($"cart-{number}").StartAsync()));
            return new Three(await NginxServer.StartAsync(policy, backends), backends);
        }

        public async ValueTask DisposeAsync()
        {
            await nginx.DisposeAsync();
            foreach (var backend in backends) await backend.DisposeAsync();
        }
    }
}
