using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Sessions.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.KeyRing;

public sealed class KeyRingTests(ITestOutputHelper output)
{
    [Fact]
    public async Task However_often_they_start_together_on_an_empty_store_they_agree_on_one_key()
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var disagreed = 0;
        const int Starts = 8;
        for (var start = 0; start < Starts; start++)
        {
            await redis.SendAsync("FLUSHALL");
            var replicas = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Replica.StartAsync(redis.ConnectionString)));
            var keys = replicas.SelectMany(replica => replica.Services.GetRequiredService<IKeyManager>().GetAllKeys()).Select(key => key.KeyId).Distinct().Count();
            if (keys != 1) disagreed++;
            foreach (var replica in replicas) await replica.DisposeAsync();
        }

        output.WriteLine($"{Starts} starts of 4 replicas at once on an empty store, {disagreed} without agreement on one key");
        Assert.Equal(0, disagreed);
    }

    [Fact]
    public async Task Replicas_that_start_together_agree_on_one_key()
    {
        await using var site = await Site.StartAsync(replicas: 4);

        var key = Assert.Single(site.A.Services.GetRequiredService<IKeyManager>().GetAllKeys());
        var token = site.A.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("hello");
        foreach (var replica in site.Replicas)
        {
            Assert.Equal(key.KeyId, Assert.Single(replica.Services.GetRequiredService<IKeyManager>().GetAllKeys()).KeyId);
            Assert.Equal("hello", replica.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(token));
        }
    }

    [Fact]
    public async Task A_wiped_store_is_given_its_ring_back_and_what_was_sealed_still_opens()
    {
        await using var site = await Site.StartAsync();
        var hello = site.A.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("hello");
        var keys = site.B.Services.GetRequiredService<IKeyManager>();
        var before = Assert.Single(keys.GetAllKeys()).KeyId;

        await site.Redis.SendAsync("FLUSHALL");

        await Poll.UntilAsync(() => keys.GetAllKeys().Count > 0, TimeSpan.FromSeconds(60), "the ring is back", TestContext.Current.CancellationToken);
        Assert.Equal(before, Assert.Single(keys.GetAllKeys()).KeyId);
        await using var later = await Replica.StartAsync(site.Redis.ConnectionString);
        Assert.Equal("hello", later.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(hello));
    }

    [Fact]
    public async Task A_replica_of_another_application_name_is_not_ready_and_says_why()
    {
        await using var site = await Site.StartAsync(replicas: 1);
        using var browser = new Browser();
        Assert.Equal("Healthy", await browser.TextAsync(site.A, "/health"));
        await using var stranger = await Replica.StartAsync(site.Redis.ConnectionString, options => options.ApplicationName = "Another");

        using var response = await browser.GetAsync(stranger, "/health");

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task A_service_that_starts_before_its_store_becomes_ready_when_the_store_is_there()
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await redis.KillAsync();
        await using var replica = await Replica.StartAsync(redis.ConnectionString);
        using var browser = new Browser();
        using (var early = await browser.GetAsync(replica, "/health")) Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, early.StatusCode);

        await redis.RestartAsync(TestContext.Current.CancellationToken);

        await Poll.UntilAsync(
            async () =>
            {
                using var response = await browser.GetAsync(replica, "/health");
                return response.IsSuccessStatusCode;
            },
            TimeSpan.FromSeconds(60), "the service to be ready", TestContext.Current.CancellationToken);
        await browser.PostOkAsync(replica, "/login/ada");
        Assert.Equal("ada", await browser.TextAsync(replica, "/me"));
    }

    [Fact]
    public async Task A_new_key_signs_nobody_out()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");

        var manager = site.A.Services.GetRequiredService<IKeyManager>();
        manager.CreateNewKey(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddDays(90));
        await using var fresh = await Replica.StartAsync(site.Redis.ConnectionString);

        foreach (var replica in new[] { site.A, site.B, fresh }) Assert.Equal("ada", await browser.TextAsync(replica, "/me"));
    }
}
