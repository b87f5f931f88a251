using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Records;

public sealed class RecordSizeTests(ITestOutputHelper output)
{
    private const string Agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

    // By redis-server 7.0.15, whose MEMORY USAGE counts what the allocator really gave. The bound leaves room for other versions.
    [Fact]
    public async Task A_signed_in_session_takes_no_more_memory_than_stated()
    {
        await using var site = await Site.StartAsync(replicas: 1, redisOptions: new() { IsReal = true });
        var store = site.A.Services.GetRequiredService<ISessionStore>();
        const int Users = 10;
        const int SessionsPerUser = 3;
        for (var i = 0; i < Users * SessionsPerUser; i++)
        {
            var user = new Guid(i % Users, 7, 9, 1, 2, 3, 4, 5, 6, 7, 8).ToString();
            var identity = new ClaimsIdentity(
                [new Claim(ClaimTypes.NameIdentifier, user), new Claim(ClaimTypes.Name, "Ada Lovelace"), new Claim(ClaimTypes.Email, "ada@mail.example")], "Cookies");
            var properties = new AuthenticationProperties();
            properties.SetAuthenticatedAt(DateTimeOffset.UtcNow);
            await store.SignInAsync(
                new SignInRequest(new UserId(user), new AuthenticationTicket(new ClaimsPrincipal(identity), properties, "Cookies"), null, Agent, "203.0.113.77", null),
                TestContext.Current.CancellationToken);
        }

        var records = await MemoryAsync(site, "s:*");
        var indexes = await MemoryAsync(site, "i:*");
        var timelines = await MemoryAsync(site, "e:*");
        const double Sessions = Users * SessionsPerUser;
        output.WriteLine($"per session, {SessionsPerUser} of a user: record {records / Sessions:0}, share of the index {indexes / Sessions:0}, share of the timeline {timelines / Sessions:0} bytes");
        Assert.Equal("listpack", await site.Redis.SendAsync("OBJECT", "ENCODING", (await KeysAsync(site, "s:*"))[0]));
        Assert.InRange((records + indexes) / Sessions, 1, 320);
        Assert.InRange(timelines / Sessions, 1, 160);
    }

    private static async Task<string[]> KeysAsync(Site site, string pattern) => (await site.Redis.SendAsync("KEYS", pattern)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<double> MemoryAsync(Site site, string pattern)
    {
        var total = 0d;
        foreach (var key in await KeysAsync(site, pattern)) total += double.Parse(await site.Redis.SendAsync("MEMORY", "USAGE", key), CultureInfo.InvariantCulture);
        return total;
    }
}
