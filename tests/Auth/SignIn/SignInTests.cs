using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Tests.Harness;

namespace ShopSession.Auth.Tests.SignIn;

[Collection(AuthCollection.Name)]
public sealed class SignInTests(AuthSite site)
{
    [Fact]
    public async Task Signing_in_sets_one_cookie_for_all_siblings_and_it_counts_at_every_replica()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        using var answer = await browser.JsonAsync(HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password });
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith(Browser.SessionCookie, StringComparison.Ordinal)).ToLowerInvariant();
        foreach (var part in new[] { "domain=shop.localhost", "path=/", "secure", "httponly", "samesite=lax" }) Assert.Contains(part, cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("max-age", cookie, StringComparison.Ordinal);
        Assert.Contains("no-store", answer.Headers.CacheControl?.ToString() ?? "", StringComparison.Ordinal);
        for (var i = 0; i < 4; i++) Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Remember_me_keeps_the_cookie_when_the_browser_closes()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        using var answer = await browser.JsonAsync(HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password, rememberMe = true });
        Assert.Contains("max-age=2592000", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_token_is_a_session_of_its_own_and_sets_no_cookie()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        var token = (await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password, transport = "token" })).GetProperty("token").GetString();
        Assert.Empty(browser.Cookies);
        browser.Bearer = token;
        Assert.True(await browser.IsSignedInAsync());
        Assert.Single((await browser.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/devices")).EnumerateArray());
    }

    [Fact]
    public async Task The_session_id_changes_at_every_sign_in()
    {
        var (browser, person) = await site.SignedInAsync();
        using (browser)
        {
            var first = browser.Cookies[Browser.SessionCookie];
            await browser.SignInAsync(person);
            Assert.NotEqual(first, browser.Cookies[Browser.SessionCookie]);
        }
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_password_cannot_be_told_apart()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        var (wrong, wrongHeaders) = await RefusalAsync(browser, person.Email);
        var (unknown, unknownHeaders) = await RefusalAsync(browser, Person.New().Email);
        Assert.Equal(wrong, unknown);
        Assert.Equal(wrongHeaders, unknownHeaders);
    }

    [Theory]
    [InlineData("""{"password":"x"}""", "email")]
    [InlineData("""{"email":"a@b.example"}""", "password")]
    [InlineData("""{"email":"a@b.example","password":"x","transport":"carrier pigeon"}""", "transport")]
    [InlineData("""{"email":"a@b.example","password":"x","rememberMe":"perhaps"}""", "rememberMe")]
    public async Task Bad_input_is_refused_at_its_field(string body, string field)
    {
        using var browser = site.NewBrowser();
        using var answer = await browser.SendAsync(HttpMethod.Post, "/api/login", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal([field], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task An_overlong_password_is_wrong_without_being_hashed()
    {
        using var browser = site.NewBrowser();
        await browser.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/login", new { email = Person.New().Email, password = new string('x', 200_000) });
    }

    [Fact]
    public async Task A_hash_of_earlier_years_is_renewed_at_sign_in()
    {
        using var browser = site.NewBrowser();
        var person = await Person.RegisterAsync(browser);
        var old = new PasswordHasher<ShopUser>(Options.Create(new PasswordHasherOptions { IterationCount = AuthReplica.PasswordRounds / 2 })).HashPassword(new ShopUser { DisplayName = "" }, person.Password);
        await using var database = new SqliteConnection($"Data Source={site.DatabaseFile};Pooling=False");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync(database, "UPDATE AspNetUsers SET PasswordHash = $hash WHERE Email = $email", person.Email, old);
        await browser.SignInAsync(person);
        var renewed = Convert.FromBase64String((string)(await ExecuteAsync(database, "SELECT PasswordHash FROM AspNetUsers WHERE Email = $email", person.Email, ""))!);
        Assert.Equal((uint)AuthReplica.PasswordRounds, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(renewed.AsSpan(5)));
        await browser.SignInAsync(person);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_every_replica_and_clears_what_the_browser_kept()
    {
        var (browser, _) = await site.SignedInAsync();
        using var thief = browser.Another().WithCookiesOf(browser);
        using (browser)
        {
            using var answer = await browser.JsonAsync(HttpMethod.Post, "/api/logout");
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Equal("\"cache\"", answer.Headers.GetValues("Clear-Site-Data").Single());
            Assert.False(browser.Cookies.ContainsKey(Browser.SessionCookie));
        }

        for (var i = 0; i < 4; i++) Assert.False(await thief.IsSignedInAsync());
    }

    [Fact]
    public async Task Signing_out_when_nobody_is_signed_in_is_no_error()
    {
        using var browser = site.NewBrowser();
        await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/logout");
    }

    [Theory]
    [InlineData("GET", "/api/devices")]
    [InlineData("DELETE", "/api/devices/AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("POST", "/api/logout-everywhere")]
    [InlineData("POST", "/api/password")]
    public async Task What_belongs_to_an_account_asks_for_a_sign_in(string method, string path)
    {
        using var browser = site.NewBrowser();
        using var answer = await browser.JsonAsync(new HttpMethod(method), path, method == "POST" ? new { } : null);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<(string Body, string Headers)> RefusalAsync(Browser browser, string email)
    {
        using var answer = await browser.JsonAsync(HttpMethod.Post, "/api/login", new { email, password = "not the pass phrase" });
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        var members = problem.EnumerateObject().Where(member => member.Name != "traceId").Select(member => $"{member.Name}={member.Value}");
        var headers = answer.Headers.Where(header => header.Key is not ("Date" or "X-Shop-Replica")).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
        return (string.Join('\n', members), string.Join('\n', headers.Order()));
    }

    private static async Task<object?> ExecuteAsync(SqliteConnection database, string sql, string email, string hash)
    {
        await using var command = database.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$email", email);
        command.Parameters.AddWithValue("$hash", hash);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
