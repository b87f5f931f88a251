using System.Net;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Tests.Conformance;
using ShopSession.Sessions.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.Stores.Client;

public sealed class ClientSessionTests(KeyRingStore keyRing)
{
    private readonly string _site = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_large_session_is_spread_over_cookies_that_browsers_keep()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(a, "/login/ada");
        for (var i = 0; i < 3; i++) await browser.PostOkAsync(a, $"/set/part{i}/{new string((char)('a' + i), 1800)}");

        Assert.NotEmpty(browser.Pieces);
        Assert.True(Browser.CookieName.Length + 1 + browser.Cookie!.Length <= 4096);
        Assert.All(browser.Pieces, piece => Assert.True(piece.Key.Length + 1 + piece.Value.Length <= 4096));
        Assert.Equal("ada", await browser.TextAsync(b, "/me"));
        Assert.Equal(new string('c', 1800), await browser.TextAsync(b, "/get/part2"));

        for (var i = 0; i < 3; i++) await browser.PostOkAsync(b, $"/remove/part{i}");
        Assert.Empty(browser.Pieces);
        Assert.Equal("ada", await browser.TextAsync(a, "/me"));
    }

    [Fact]
    public async Task A_session_with_a_piece_missing_is_none()
    {
        await using var a = await StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(a, "/login/ada");
        for (var i = 0; i < 3; i++) await browser.PostOkAsync(a, $"/set/part{i}/{new string('x', 1800)}");

        browser.Pieces.Clear();

        Assert.Equal("", await browser.TextAsync(a, "/me"));
    }

    [Fact]
    public async Task A_session_too_large_is_an_error_and_the_client_keeps_what_it_had()
    {
        await using var a = await StartAsync(options => options.MaxClientBytes = 4000);
        using var browser = new Browser();
        await browser.PostOkAsync(a, "/login/ada");
        await browser.PostOkAsync(a, "/set/small/1");

        using var response = await browser.PostAsync(a, $"/set/large/{new string('x', 3500)}");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal("ada", await browser.TextAsync(a, "/me"));
        Assert.Equal("1", await browser.TextAsync(a, "/get/small"));
        Assert.Equal("", await browser.TextAsync(a, "/get/large"));
    }

    [Fact]
    public async Task A_cookie_of_another_site_on_the_same_key_ring_is_no_session()
    {
        await using var ours = await StartAsync();
        await using var theirs = await StartAsync(options => options.Domain = "other.localhost");
        using var browser = new Browser();
        await browser.PostOkAsync(ours, "/login/ada");

        Assert.Equal("", await browser.TextAsync(theirs, "/me"));
    }

    [Fact]
    public async Task Sessions_outlive_a_change_of_keys()
    {
        // A store of its own: the new key would be every site's on the ring.
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var a = await StartAsync(redis: redis.ConnectionString);
        using var before = new Browser();
        await before.PostOkAsync(a, "/login/ada");
        var keys = a.Services.GetRequiredService<IKeyManager>();

        keys.CreateNewKey(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddDays(90));
        Assert.Equal("ada", await before.TextAsync(a, "/me"));
        using var after = new Browser();
        await after.PostOkAsync(a, "/login/bob");
        Assert.Equal("bob", await after.TextAsync(a, "/me"));
    }

    /// <summary>The emergency brake of a strategy that cannot end a session: the framework alone would let running replicas go on for up to a day.</summary>
    [Fact]
    public async Task Revoking_all_keys_at_one_replica_ends_all_sessions_at_every_running_one_and_new_ones_begin()
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var a = await StartAsync(redis: redis.ConnectionString);
        await using var b = await StartAsync(redis: redis.ConnectionString);
        using var browser = new Browser();
        await browser.PostOkAsync(a, "/login/ada");
        Assert.Equal("ada", await browser.TextAsync(b, "/me"));

        a.Services.GetRequiredService<IKeyManager>().RevokeAllKeys(DateTimeOffset.UtcNow, "the keys were stolen");
        foreach (var replica in new[] { a, b })
            await Poll.UntilAsync(async () => await browser.TextAsync(replica, "/me") == "", TimeSpan.FromSeconds(60), "the revocation is heard of", TestContext.Current.CancellationToken);

        using var later = new Browser();
        await later.PostOkAsync(b, "/login/bob");
        await Poll.UntilAsync(async () => await later.TextAsync(a, "/me") == "bob", TimeSpan.FromSeconds(60), "the new key is known at the other replica", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_api_client_carries_its_session_in_the_token()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync();
        using var browser = new Browser();
        var token = await browser.PostOkAsync(a, "/token/ada");

        using var response = await browser.SendAsync(b, HttpMethod.Get, "/me", request => request.Headers.Add("Authorization", $"Bearer {token}"));

        Assert.Equal("ada", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    private Task<Replica> StartAsync(Action<SharedSessionOptions>? configure = null, string? redis = null) => Replica.StartAsync(redis ?? keyRing.ConnectionString, options =>
    {
        options.Strategy = SessionStrategies.Client;
        options.KeyPrefix = options.ApplicationName = _site;
        configure?.Invoke(options);
    });
}
