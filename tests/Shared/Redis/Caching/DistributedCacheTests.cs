using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Testing;

namespace ShopSession.Redis.Tests.Caching;

public sealed class DistributedCacheTests : RedisTest
{
    [Fact]
    public async Task Entries_have_the_layout_of_the_framework_s_Redis_cache()
    {
        var cache = Cache("shop:");
        var end = new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await cache.SetStringAsync("a", "text", new() { AbsoluteExpiration = end, SlidingExpiration = TimeSpan.FromMinutes(5) }, Stop);
        var fields = (await Server.SendAsync("HGETALL", "shop:a")).Split('\n');
        Assert.Equal(
            ["absexp", end.Ticks.ToString(CultureInfo.InvariantCulture), "sldexp", "3000000000", "data", "text"], fields);
        Assert.InRange(int.Parse(await Server.SendAsync("TTL", "shop:a"), CultureInfo.InvariantCulture), 200, 300);
    }

    [Fact]
    public async Task Entries_that_the_framework_s_Redis_cache_wrote_are_read()
    {
        var cache = Cache();
        await Server.SendAsync("HSET", "a", "absexp", "-1", "sldexp", "12000000000", "data", "theirs");
        await Server.SendAsync("EXPIRE", "a", "10");
        Assert.Equal("theirs", await cache.GetStringAsync("a", Stop));
        // Reading slides the expiry to the 20 minutes that stand in the entry.
        Assert.InRange(int.Parse(await Server.SendAsync("TTL", "a"), CultureInfo.InvariantCulture), 1000, 1200);
    }

    [Fact]
    public async Task An_entry_ends_when_it_should()
    {
        var cache = Cache();
        await cache.SetStringAsync("a", "1", new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(3) }, Stop);
        Assert.Equal("1", await cache.GetStringAsync("a", Stop));
        await Poll.UntilAsync(async () => await cache.GetStringAsync("a", Stop) is null, Limit, "the entry has ended", Stop);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => cache.SetStringAsync("b", "1", new() { AbsoluteExpiration = DateTimeOffset.UtcNow.AddSeconds(-1) }, Stop));
    }

    [Fact]
    public async Task Sliding_never_goes_beyond_the_absolute_end()
    {
        var cache = Cache();
        var options = new DistributedCacheEntryOptions
        {
            AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(60),
            SlidingExpiration = TimeSpan.FromSeconds(45),
        };
        await cache.SetStringAsync("a", "1", options, Stop);
        await Server.SendAsync("EXPIRE", "a", "5");
        await cache.RefreshAsync("a", Stop);
        Assert.InRange(int.Parse(await Server.SendAsync("TTL", "a"), CultureInfo.InvariantCulture), 40, 45);
    }

    [Fact]
    public async Task A_new_entry_does_not_inherit_the_end_of_the_old_one()
    {
        var cache = Cache();
        await cache.SetStringAsync("a", "1", new() { SlidingExpiration = TimeSpan.FromSeconds(30) }, Stop);
        await cache.SetStringAsync("a", "2", new(), Stop);
        Assert.Equal("-1", await Server.SendAsync("TTL", "a"));
    }

    [Fact]
    public async Task The_buffer_and_the_synchronous_doors_give_the_same()
    {
        var cache = (IBufferDistributedCache)Cache();
        var sequence = new ReadOnlySequence<byte>("bytes"u8.ToArray());
        await cache.SetAsync("a", sequence, new(), Stop);
        var destination = new ArrayBufferWriter<byte>();
        Assert.True(await cache.TryGetAsync("a", destination, Stop));
        Assert.Equal("bytes", Encoding.UTF8.GetString(destination.WrittenSpan));
        Assert.False(await cache.TryGetAsync("none", destination, Stop));
#pragma warning disable xUnit1051, CA1849 // The synchronous half is what is tried.
        cache.Set("b", sequence, new());
        cache.Set("c", [1, 2], new());
        cache.Refresh("b");
        Assert.Equal("bytes"u8.ToArray(), cache.Get("b"));
        Assert.True(cache.TryGet("c", destination));
        cache.Remove("b");
        Assert.Null(cache.Get("b"));
        Assert.Null(cache.Get("none"));
#pragma warning restore xUnit1051, CA1849
    }

    [Fact]
    public async Task A_store_that_is_down_is_an_error_and_no_miss()
    {
        var cache = Cache();
        await Server.KillAsync();
        await Assert.ThrowsAnyAsync<RedisException>(() => cache.GetAsync("a", Stop));
    }

    private IDistributedCache Cache(string instance = "")
    {
        var services = new ServiceCollection();
        services.AddSingleton<IRedisClient>(Client());
        services.AddRedisDistributedCache(options => options.InstanceName = instance);
        return services.BuildServiceProvider().GetRequiredService<IDistributedCache>();
    }
}
