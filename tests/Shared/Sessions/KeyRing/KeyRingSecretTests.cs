using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.KeyRing;

public sealed class KeyRingSecretTests
{
    private const string Secret = "an example of a secret, long enough";

    [Fact]
    public async Task With_a_secret_no_key_stands_in_the_store_in_clear_and_all_replicas_agree()
    {
        await using var site = await Site.StartAsync(options => options.KeyRingSecret = Secret);
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");

        var ring = await site.Redis.SendAsync("LRANGE", "DataProtection-Keys", "0", "-1");

        Assert.Contains("encryptedKey", ring, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", ring, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, ring, StringComparison.Ordinal);
        Assert.Equal("ada", await browser.TextAsync(site.B, "/me"));
        foreach (var replica in site.Replicas) Assert.Equal(HealthStatus.Healthy, (await HealthAsync(replica)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("another secret, as long as the first one")]
    public async Task A_replica_with_another_secret_is_not_ready_and_says_why(string secret)
    {
        await using var site = await Site.StartAsync(options => options.KeyRingSecret = Secret, replicas: 1);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(site.A)).Status);
        await using var stranger = await Replica.StartAsync(site.Redis.ConnectionString, options => options.KeyRingSecret = secret);

        var health = await HealthAsync(stranger);

        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        Assert.Contains("Session:KeyRingSecret", health.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ring_that_began_in_clear_is_read_on_after_a_secret_was_set()
    {
        await using var site = await Site.StartAsync(replicas: 1);
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        await using var later = await Replica.StartAsync(site.Redis.ConnectionString, options => options.KeyRingSecret = Secret);

        Assert.Equal("ada", await browser.TextAsync(later, "/me"));
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(later)).Status);
    }

    private static async Task<HealthReportEntry> HealthAsync(Replica replica) =>
        (await replica.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["session"];
}
