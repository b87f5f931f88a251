using Microsoft.AspNetCore.Http;
using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Balancing.Affinity;

/// <summary>Replicas that keep their sessions to themselves: a session is known only where it was made.</summary>
public sealed class SessionAffinityTests
{
    private const string Route = "__Secure-shop.route";

    public static TheoryData<string> Policies => ["session-hash", "session-hash-rendezvous"];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task A_new_session_stays_at_the_replica_that_made_it_also_when_its_id_changes(string policy)
    {
        await using var shop = await StartAsync(policy);

        for (var visitor = 0; visitor < 20; visitor++)
        {
            var (home, jar) = await shop.SignInAsync([]);
            for (var i = 0; i < 4; i++) Assert.Equal(home, await shop.WhereAsync(jar));

            // A sign-in at the same replica: another id, the same routing key.
            var (again, rotated) = await shop.SignInAsync(jar);
            Assert.Equal(home, again);
            Assert.NotEqual(jar["__Secure-shop.sid"], rotated["__Secure-shop.sid"]);
            Assert.Equal(jar[Route], rotated[Route]);
            for (var i = 0; i < 4; i++) Assert.Equal(home, await shop.WhereAsync(rotated));
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task A_session_made_while_its_replica_was_down_stays_where_it_was_made(string policy)
    {
        await using var shop = await StartAsync(policy);
        var (home, jar) = await shop.SignInAsync([]);

        await shop.Replicas[home].KillAsync();
        var (away, moved) = await shop.SignInAsync(jar);
        await shop.Replicas[home].StartAsync();
        await shop.Gateway.UntilReadyAsync("cart", 3);

        Assert.NotEqual(home, away);
        for (var i = 0; i < 6; i++) Assert.Equal(away, await shop.WhereAsync(moved));
    }

    [Fact]
    public async Task The_cookie_is_opaque_as_wide_and_as_lasting_as_the_sessions_own()
    {
        await using var shop = await StartAsync("session-hash-rendezvous");

        using var answer = await shop.Gateway.SendAsync(HttpMethod.Get, "/login?remember");

        var line = answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(Route, StringComparison.Ordinal));
        Assert.Matches("^__Secure-shop\\.route=[A-Za-z0-9_-]{22}; max-age=3600; domain=shop\\.localhost; path=/; secure; samesite=lax; httponly$", line);
    }

    [Fact]
    public async Task It_goes_when_the_session_goes_and_never_comes_without_one()
    {
        await using var shop = await StartAsync("session-hash");
        var (_, jar) = await shop.SignInAsync([]);

        using var plain = await shop.Gateway.SendAsync(HttpMethod.Get, "/");
        using var stray = await shop.Gateway.SendAsync(HttpMethod.Get, "/stray", configure: request => request.Headers.Add("Cookie", Header(jar)));
        using var end = await shop.Gateway.SendAsync(HttpMethod.Get, "/logout", configure: request => request.Headers.Add("Cookie", Header(jar)));

        Assert.False(plain.Headers.Contains("Set-Cookie"));
        Assert.Single(stray.Headers.GetValues("Set-Cookie"));
        Assert.Contains(end.Headers.GetValues("Set-Cookie"), line => line.StartsWith($"{Route}=; expires=Thu, 01 Jan 1970", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("round-robin")]
    [InlineData("ip-hash")]
    public async Task Policies_that_look_at_no_session_set_no_cookie(string policy)
    {
        await using var shop = await StartAsync(policy);

        var (_, jar) = await shop.SignInAsync([]);

        Assert.Equal(["__Secure-shop.sid"], jar.Keys);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("not/of/ours/not/of/our")]
    public async Task A_forged_routing_cookie_is_as_good_as_none(string value)
    {
        await using var shop = await StartAsync("session-hash");

        var replicas = await shop.Replicas.AskAsync(9, _ => request => request.Headers.Add("Cookie", $"{Route}={value}"));

        Assert.All(replicas.CountBy(name => name), share => Assert.Equal(3, share.Value));
    }

    private static string Header(Dictionary<string, string> jar) => string.Join("; ", jar.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    private static async Task<LocalSessions> StartAsync(string policy)
    {
        var shop = await ThreeReplicas.StartAsync(policy);
        foreach (var name in (string[])["cart-1", "cart-2", "cart-3"]) shop[name].Answer = context => AnswerAsync(context, name);
        return new LocalSessions(shop);
    }

    private static Task AnswerAsync(HttpContext context, string name)
    {
        const string end = "domain=shop.localhost; path=/; secure; samesite=lax; httponly";
        var line = context.Request.Path.Value switch
        {
            "/login" => $"__Secure-shop.sid={Guid.NewGuid():N}; {(context.Request.QueryString.HasValue ? "max-age=3600; " : "")}{end}",
            "/logout" => $"__Secure-shop.sid=; expires=Thu, 01 Jan 1970 00:00:00 GMT; {end}",
            "/stray" => "__Secure-shop.sid=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/stray",
            _ => null,
        };
        if (line is not null) context.Response.Headers.Append("Set-Cookie", line);
        return context.Response.WriteAsync(name, context.RequestAborted);
    }

    private sealed class LocalSessions(ThreeReplicas replicas) : IAsyncDisposable
    {
        public ThreeReplicas Replicas => replicas;

        public GatewayHost Gateway => replicas.Gateway;

        public async Task<(string Replica, Dictionary<string, string> Jar)> SignInAsync(Dictionary<string, string> jar)
        {
            using var answer = await Gateway.SendAsync(HttpMethod.Get, "/login", configure: request => Present(request, jar));
            var after = new Dictionary<string, string>(jar);
            foreach (var pair in answer.Headers.GetValues("Set-Cookie").Select(line => line.Split(';')[0].Split('=', 2))) after[pair[0]] = pair[1];
            return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), after);
        }

        public async Task<string> WhereAsync(Dictionary<string, string> jar) => (await replicas.AskAsync(1, _ => request => Present(request, jar)))[0];

        public ValueTask DisposeAsync() => replicas.DisposeAsync();

        private static void Present(HttpRequestMessage request, Dictionary<string, string> jar)
        {
            if (jar.Count > 0) request.Headers.Add("Cookie", Header(jar));
        }
    }
}
