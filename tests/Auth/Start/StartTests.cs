using System.Net;
using ShopSession.Auth.Tests.Harness;
using ShopSession.Auth.Tests.Passkeys;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests;

public sealed class StartTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("shop-auth-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_store_sign_in_and_registration_are_refused_with_503_and_work_again_when_it_is_back()
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: Token);
        await using var replica = await AuthReplica.StartAsync(redis.ConnectionString, _data, 1);
        using var browser = new Browser([replica]);
        var person = await Person.RegisterAsync(browser);
        await redis.KillAsync();
        foreach (var path in new[] { "/api/login", "/api/register" })
        {
            using var answer = await browser.JsonAsync(HttpMethod.Post, path, new { email = person.Email, password = person.Password, displayName = "X" });
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        await redis.RestartAsync(Token);
        await Poll.UntilAsync(async () =>
        {
            using var answer = await browser.JsonAsync(HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password });
            return answer.StatusCode == HttpStatusCode.OK;
        }, TimeSpan.FromSeconds(30), "signing in works again", Token);
    }

    [Fact]
    public async Task The_demo_account_is_refused_in_production()
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: Token);
        var (exitCode, output) = await AuthReplica.ExpectEndAsync(redis.ConnectionString, _data, ("Shop__DemoAccount", "true"), ("ASPNETCORE_ENVIRONMENT", "Production"), ("Shop__GatewayKey", new string('k', 40)));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Auth cannot start: Shop:DemoAccount is true in Production", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_development_mailbox_is_refused_in_production()
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: Token);
        var (exitCode, output) = await AuthReplica.ExpectEndAsync(redis.ConnectionString, _data, ("Mail__Mailbox", "true"), ("ASPNETCORE_ENVIRONMENT", "Production"), ("Shop__GatewayKey", new string('k', 40)));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Auth cannot start: Mail:Mailbox is true in Production", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cheap_password_hashes_are_refused_in_production()
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: Token);
        var (exitCode, output) = await AuthReplica.ExpectEndAsync(
            redis.ConnectionString, _data, ("Auth__Passwords__IterationCount", "219999"), ("ASPNETCORE_ENVIRONMENT", "Production"), ("Shop__GatewayKey", new string('k', 40)));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Auth cannot start: Auth:Passwords:IterationCount must be 220000 to 20000000", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Auth__Limits__Account", "0", "Auth:Limits:Account is 0")]
    [InlineData("Auth__Passwords__IterationCount", "0", "Auth:Passwords:IterationCount must be 1 to 20000000")]
    [InlineData("ConnectionStrings__authdb", "Server=db;Nonsense=1", "ConnectionStrings:authdb")]
    [InlineData("Mail__Smtp__Host", "mail.example.org", "Mail:From is \"\"")]
    [InlineData("Mail__Interval", "0", "Mail:Interval is 00:00:00")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string setting, string value, string message)
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: Token);
        var (exitCode, output) = await AuthReplica.ExpectEndAsync(redis.ConnectionString, _data, (setting, value));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Auth cannot start: " + message, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_PostgreSQL_registering_signing_in_and_lockout_work_the_same()
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: Token);
        await using var server = await PostgresServerProcess.StartAsync(Token);
        var setting = ("ConnectionStrings__authdb", server.ConnectionString("auth"));
        var replicas = await Task.WhenAll(AuthReplica.StartAsync(redis.ConnectionString, _data, 1, setting), AuthReplica.StartAsync(redis.ConnectionString, _data, 2, setting));
        await using var first = replicas[0];
        await using var second = replicas[1];
        using var browser = new Browser(replicas);
        var person = await Person.RegisterAsync(browser);
        await browser.ExpectAsync(HttpStatusCode.Conflict, HttpMethod.Post, "/api/register", new { email = person.Email, password = person.Password, displayName = "Again" });
        await browser.ExpectAsync(HttpStatusCode.Unauthorized, HttpMethod.Post, "/api/login", new { email = person.Email, password = "wrong one here" });
        await browser.SignInAsync(person);
        await browser.ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/password", new { current = person.Password, @new = "another harbour by night" });
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal((10, 4), await PasskeyCrowd.AddAtOnceAsync(SchemaTests.At(setting.Item2), await browser.UserIdAsync(), 14));
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
