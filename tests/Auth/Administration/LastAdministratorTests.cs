using System.Net;
using ShopSession.Auth.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests.Administration;

public sealed class LastAdministratorTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("shop-auth-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_administrators_who_withdraw_one_another_in_the_same_moment_leave_one(bool postgres)
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: Token);
        await using var server = postgres ? await PostgresServerProcess.StartAsync(Token) : null;
        List<(string, string)> settings = [("Shop__DemoAccount", "true")];
        if (server is not null) settings.Add(("ConnectionStrings__authdb", server.ConnectionString("auth")));
        var replicas = await Task.WhenAll(
            AuthReplica.StartAsync(redis.ConnectionString, _data, 1, [.. settings]), AuthReplica.StartAsync(redis.ConnectionString, _data, 2, [.. settings]));
        await using var first = replicas[0];
        await using var second = replicas[1];
        using var one = new Browser(replicas);
        await one.SignInAsync(Person.Administrator);
        var own = $"/admin/users/{await one.UserIdAsync()}";
        foreach (var action in new[] { "withdraw-admin", "lock-user" })
        {
            var refused = await (await FormPage.OpenAsync(one, own)).SendAsync($"[data-testid='{action}']");
            Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        }

        using var two = new Browser(replicas);
        var person = await Person.RegisterAsync(two);
        await two.ConfirmEmailAsync(person);
        await two.SignInAsync(person);
        var other = $"/admin/users/{await two.UserIdAsync()}";
        await (await FormPage.OpenAsync(one, other)).SendAsync("[data-testid='grant-admin']");
        await two.SignInAsync(person);
        var pages = new[] { await FormPage.OpenAsync(one, other), await FormPage.OpenAsync(two, own) };
        await Task.WhenAll(pages.Select(page => page.SendAsync("[data-testid='withdraw-admin']")));

        await one.SignInAsync(Person.Administrator);
        await two.SignInAsync(person);
        var left = 0;
        foreach (var browser in new[] { one, two })
        {
            using var answer = await browser.GetAsync("/admin/users");
            if (answer.StatusCode == HttpStatusCode.OK) left++;
        }

        Assert.Equal(1, left);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
