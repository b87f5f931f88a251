using System.Text.Json;

namespace ShopSession.Web.Tests.Lab;

public sealed class LabEndpointTests(StoreFixture store)
{
    private static readonly (string, string) Key = ("X-Shop-Gateway-Key", ProbeService.Key);

    [Theory]
    [InlineData("Development", "false", true)]
    [InlineData("Production", "true", true)]
    [InlineData("Development", "true", false)]
    public async Task Nobody_signs_in_without_a_password_unless_it_is_the_lab_and_the_gateway_key_is_there(string environment, string lab, bool withKey)
    {
        await using var service = await ProbeService.StartAsync(store, environment, "probe", ("Session:Lab", lab));

        var reply = await service.SendAsync(HttpMethod.Post, "/internal/lab/session/sign-in/ada", withKey ? [Key] : []);

        Assert.Equal(404, reply.Status);
        Assert.Null(reply.Header("Set-Cookie"));
    }

    [Fact]
    public async Task In_the_lab_a_session_is_driven_through_the_frameworks_doors()
    {
        await using var service = await ProbeService.StartAsync(store, settings: ("Session:Lab", "true"));
        var signedIn = await service.SendAsync(HttpMethod.Post, "/internal/lab/session/sign-in/ada", Key);
        var cookie = ("Cookie", signedIn.Header("Set-Cookie")!.Split(';')[0]);

        Assert.Equal("stored", (await service.SendAsync(HttpMethod.Put, "/internal/lab/session/values/color?value=green&hold=1", Key, cookie)).Text);
        Assert.Equal("green", (await service.GetAsync("/internal/lab/session/values/color", Key, cookie)).Text);
        await service.SendAsync(HttpMethod.Delete, "/internal/lab/session/values/color", Key, cookie);
        Assert.Equal("", (await service.GetAsync("/internal/lab/session/values/color", Key, cookie)).Text);
        Assert.Equal("1", (await service.SendAsync(HttpMethod.Post, "/internal/lab/session/counters/visits", Key, cookie)).Text);
        Assert.Equal("ada", (await service.GetAsync("/internal/lab/session/user", Key, cookie)).Text);

        var rotated = await service.SendAsync(HttpMethod.Post, "/internal/lab/session/rotate", Key, cookie);
        var renewed = ("Cookie", rotated.Header("Set-Cookie")!.Split(';')[0]);
        Assert.NotEqual(cookie, renewed);
        await service.SendAsync(HttpMethod.Post, "/internal/lab/session/sign-out", Key, renewed);
        Assert.Equal("", (await service.GetAsync("/internal/lab/session/seen", Key, renewed)).Text);
    }

    [Fact]
    public async Task What_one_replica_seals_another_opens()
    {
        await using var one = await ProbeService.StartAsync(store, settings: ("Session:Lab", "true"));
        await using var other = await ProbeService.StartAsync(store, settings: ("Session:Lab", "true"));

        var text = (await one.GetAsync("/internal/lab/keys/sealed?text=hello", Key)).Text;

        Assert.Equal("hello", (await other.GetAsync($"/internal/lab/keys/opened?text={text}", Key)).Text);
    }

    [Fact]
    public async Task A_replica_tells_what_it_has_cost_to_who_has_the_key()
    {
        await using var service = await ProbeService.StartAsync(store, settings: ("Session:Lab", "true"));

        using var cost = JsonDocument.Parse((await service.GetAsync("/internal/lab/costs?collect=true", Key)).Text);

        Assert.True(cost.RootElement.GetProperty("managedBytes").GetInt64() > 0);
        Assert.True(cost.RootElement.GetProperty("processorMilliseconds").GetDouble() > 0);
        Assert.Equal(0, cost.RootElement.GetProperty("peerBytes").GetInt64());
        Assert.Equal(404, (await service.GetAsync("/internal/lab/costs")).Status);
    }
}
