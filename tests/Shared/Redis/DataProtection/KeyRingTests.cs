using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace ShopSession.Redis.Tests.DataProtection;

public sealed class KeyRingTests : RedisTest
{
    [Fact]
    public async Task What_one_replica_protects_another_one_reads()
    {
        await using var first = Replica();
        await using var second = Replica();
        var text = first.GetRequiredService<IDataProtectionProvider>().CreateProtector("p").Protect("secret");
        Assert.Equal("secret", second.GetRequiredService<IDataProtectionProvider>().CreateProtector("p").Unprotect(text));
        // The list of Microsoft's repository, one element per item.
        Assert.Equal("1", await Server.SendAsync("LLEN", "DataProtection-Keys"));
        Assert.StartsWith("<key id=", await Server.SendAsync("LINDEX", "DataProtection-Keys", "0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revocation_by_one_replica_reaches_the_other_through_the_store()
    {
        await using var first = Replica();
        await using var second = Replica();
        first.GetRequiredService<IDataProtectionProvider>().CreateProtector("p").Protect("secret");
        first.GetRequiredService<IKeyManager>().RevokeAllKeys(DateTimeOffset.UtcNow, "test");
        Assert.All(second.GetRequiredService<IKeyManager>().GetAllKeys(), key => Assert.True(key.IsRevoked));
    }

    [Fact]
    public async Task With_the_store_down_protecting_fails_rather_than_using_a_key_of_its_own()
    {
        await Server.KillAsync();
        await using var replica = Replica();
        Assert.ThrowsAny<Exception>(() => replica.GetRequiredService<IDataProtectionProvider>().CreateProtector("p").Protect("secret"));
    }

    private ServiceProvider Replica()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<IRedisClient>(_ => new RedisClient(RedisClientOptions.Parse(Server.ConnectionString)));
        services.AddDataProtection().SetApplicationName("shop").PersistKeysToRedis();
        return services.BuildServiceProvider();
    }
}
