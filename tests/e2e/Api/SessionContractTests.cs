using System.Net;
using System.Text.Json;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Http;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Api;

/// <summary>The JSON API as programs use it, through the gateway.</summary>
[Collection(RedisShop.Collection)]
public sealed class SessionContractTests(RedisShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Theory]
    [InlineData("auth")]
    [InlineData("cart")]
    [InlineData("catalog")]
    public async Task A_stranger_has_no_session_and_looking_makes_none(string service)
    {
        using var client = NewClient();

        var session = await client.GetJsonAsync(service, "/api/session");

        Assert.False(session.GetProperty("authenticated").GetBoolean());
        Assert.Equal(JsonValueKind.Null, session.GetProperty("fingerprint").ValueKind);
        Assert.StartsWith(service, session.GetProperty("replica").GetString(), StringComparison.Ordinal);
        Assert.Empty(client.Cookies.Names);
    }

    [Fact]
    public async Task One_login_shows_the_same_session_on_every_service()
    {
        using var client = NewClient();
        var user = await SignInAsync(client);

        var sessions = new List<JsonElement>();
        foreach (var service in new[] { "auth", "cart", "catalog", "auth", "cart", "catalog" }) sessions.Add(await client.GetJsonAsync(service, "/api/session"));

        Assert.All(sessions, session => Assert.True(session.GetProperty("authenticated").GetBoolean()));
        Assert.All(sessions, session => Assert.Equal(user.DisplayName, session.GetProperty("userName").GetString()));
        Assert.All(sessions, session => Assert.Equal("redis", session.GetProperty("strategy").GetString()));
        Assert.Single(sessions.Select(session => session.GetProperty("fingerprint").GetString()).Distinct());
        Assert.Matches("^[0-9a-f]{8}$", sessions[0].GetProperty("fingerprint").GetString());
        Assert.Equal(6, sessions.Select(session => session.GetProperty("replica").GetString()).Distinct().Count());
        Assert.All(sessions, session => Assert.True(session.GetProperty("expiresAt").GetDateTimeOffset() > session.GetProperty("createdAt").GetDateTimeOffset()));
    }

    [Fact]
    public async Task A_bearer_token_works_on_every_service_until_it_is_signed_out()
    {
        using var client = NewClient();
        var user = await RegisterAsync(client);
        client.Cookies.Clear();

        var login = await client.JsonAsync(HttpMethod.Post, "auth", "/api/login", new { email = user.Email, password = user.Password, transport = "token" });
        Assert.Empty(client.Cookies.Names);
        client.Token = login.GetProperty("token").GetString();

        foreach (var service in new[] { "auth", "cart", "catalog" })
            Assert.Equal(user.DisplayName, (await client.GetJsonAsync(service, "/api/session")).GetProperty("userName").GetString());
        var product = await ProductInStockAsync(client);
        await client.JsonAsync(HttpMethod.Post, "cart", "/api/cart/items", new { productId = product, quantity = 2 });
        Assert.Equal(2, (await client.GetJsonAsync("cart", "/api/cart")).GetProperty("count").GetInt32());

        await client.JsonAsync(HttpMethod.Post, "auth", "/api/logout", expected: HttpStatusCode.NoContent);
        foreach (var service in new[] { "auth", "cart", "catalog", "auth", "cart", "catalog" })
            Assert.False((await client.GetJsonAsync(service, "/api/session")).GetProperty("authenticated").GetBoolean());
    }

    [Fact]
    public async Task Unknown_user_and_wrong_password_get_the_same_answer()
    {
        using var client = NewClient();
        var user = await RegisterAsync(client);

        var wrong = await client.JsonAsync(HttpMethod.Post, "auth", "/api/login", new { email = user.Email, password = "not the pass phrase" }, HttpStatusCode.Unauthorized);
        var unknown = await client.JsonAsync(HttpMethod.Post, "auth", "/api/login", new { email = "nobody@example.com", password = "not the pass phrase" }, HttpStatusCode.Unauthorized);

        Assert.Equal(wrong.GetProperty("type").GetString(), unknown.GetProperty("type").GetString());
        Assert.Equal(wrong.GetProperty("detail").GetString(), unknown.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("http://evil.localhost", null)]
    [InlineData("http://evil.shop.localhost", "same-site")]
    [InlineData("null", "cross-site")]
    [InlineData(null, "cross-site")]
    [InlineData(null, "same-site")]
    public async Task A_change_that_another_site_sends_is_refused(string? origin, string? site)
    {
        using var client = NewClient();
        await SignInAsync(client);

        foreach (var (service, path) in new[] { ("auth", "/api/logout"), ("cart", "/api/cart/items") })
        {
            using var answer = await client.SendAsync(HttpMethod.Post, service, path, new { productId = 1, quantity = 1 }, request =>
            {
                if (origin is not null) request.Headers.Add("Origin", origin);
                if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
            });
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        Assert.True((await client.GetJsonAsync("auth", "/api/session")).GetProperty("authenticated").GetBoolean());
        Assert.Equal(0, (await client.GetJsonAsync("cart", "/api/cart")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Devices_are_listed_and_one_is_ended_from_another()
    {
        using var here = NewClient();
        using var there = NewClient();
        var user = await SignInAsync(here);
        await there.JsonAsync(HttpMethod.Post, "auth", "/api/login", new { email = user.Email, password = user.Password });

        var devices = (await here.GetJsonAsync("auth", "/api/devices")).EnumerateArray().ToList();
        var other = Assert.Single(devices, device => !device.GetProperty("current").GetBoolean());
        Assert.Single(devices, device => device.GetProperty("current").GetBoolean());
        await here.JsonAsync(HttpMethod.Delete, "auth", $"/api/devices/{other.GetProperty("id").GetString()}", expected: HttpStatusCode.NoContent);

        Assert.True((await here.GetJsonAsync("cart", "/api/session")).GetProperty("authenticated").GetBoolean());
        Assert.False((await there.GetJsonAsync("cart", "/api/session")).GetProperty("authenticated").GetBoolean());
    }

    private static async Task<User> RegisterAsync(ShopClient client) => await User.RegisterAsync(client);

    private static async Task<User> SignInAsync(ShopClient client)
    {
        var user = await User.RegisterAsync(client);
        await client.JsonAsync(HttpMethod.Post, "auth", "/api/login", new { email = user.Email, password = user.Password });
        return user;
    }

    private static async Task<int> ProductInStockAsync(ShopClient client) =>
        (await client.GetJsonAsync("catalog", "/api/products?inStock=true&pageSize=1")).GetProperty("items")[0].GetProperty("id").GetInt32();
}
