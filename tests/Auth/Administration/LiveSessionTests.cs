using System.Globalization;
using System.Net;
using System.Text.Json;
using ShopSession.Auth.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests.Administration;

[Collection(AuthCollection.Name)]
public sealed class LiveSessionTests(AuthSite site)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task The_replicas_are_listed_with_their_counts_and_without_anything_of_users()
    {
        using var administrator = await site.AdministratorAsync();
        var (customer, person) = await site.SignedInAsync();
        using var owner = customer;
        await Poll.UntilAsync(
            async () =>
            {
                for (var i = 0; i < 2; i++) await customer.GetAsync("/account");
                var live = await LiveAsync(administrator);
                return live.GetProperty("logins").GetInt64() >= 2
                    && live.GetProperty("replicas").EnumerateArray().Count(replica => replica.GetProperty("requests").GetInt64() > 0 && replica.GetProperty("signedIn").GetInt64() > 0) >= 2;
            },
            Limit, "both replicas to tell of requests and sign-ins", TestContext.Current.CancellationToken);

        var page = await FormPage.OpenAsync(administrator, "/admin/sessions");
        Assert.Equal("redis", page.Document.QuerySelector("[data-testid='strategy']")!.TextContent.Trim());
        var names = page.Document.QuerySelectorAll("[data-testid='live-replica']").Select(row => row.GetAttribute("data-replica")).ToList();
        Assert.Contains("auth-1", names);
        Assert.Contains("auth-2", names);
        Assert.True(long.Parse(page.Document.QuerySelector("[data-testid='live-logins']")!.TextContent, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) >= 2);
        var handle = (await customer.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/devices"))[0].GetProperty("id").GetString()!;
        foreach (var secret in new[] { person.Email, person.DisplayName, handle, await customer.UserIdAsync() }) Assert.DoesNotContain(secret, page.Document.Source.Text, StringComparison.Ordinal);
        using var part = await administrator.GetAsync("/admin/sessions?part=live");
        Assert.DoesNotContain("<html", await part.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replica_that_is_killed_leaves_the_list_by_itself()
    {
        using var administrator = await site.AdministratorAsync();
        var replica = await AuthReplica.StartAsync(site.Redis.ConnectionString, Path.GetDirectoryName(site.DatabaseFile)!, 3, ("Shop__DemoAccount", "true"), ("services__cart__http__0", site.Cart.Address));
        await Poll.UntilAsync(() => IsListedAsync(administrator, "auth-3"), Limit, "auth-3 to be listed", TestContext.Current.CancellationToken);
        // SIGKILL: it cannot say goodbye.
        await replica.DisposeAsync();
        Assert.True(await IsListedAsync(administrator, "auth-1"));
        // Its report ends by itself; the rest of its 15 seconds is not waited for.
        var report = await site.Redis.SendAsync("KEYS", "*{shop-replicas}:auth-3");
        Assert.InRange(long.Parse(await site.Redis.SendAsync("PTTL", report), CultureInfo.InvariantCulture), 1, 15_000);
        await site.Redis.SendAsync("PEXPIRE", report, "1");
        await Poll.UntilAsync(async () => !await IsListedAsync(administrator, "auth-3"), Limit, "auth-3 to be gone", TestContext.Current.CancellationToken);
        Assert.True(await IsListedAsync(administrator, "auth-1"));
    }

    private static async Task<bool> IsListedAsync(Browser administrator, string replica) =>
        (await LiveAsync(administrator)).GetProperty("replicas").EnumerateArray().Any(one => one.GetProperty("replica").GetString() == replica);

    private static Task<JsonElement> LiveAsync(Browser administrator) => administrator.ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/admin/sessions");
}
