using Microsoft.Extensions.DependencyInjection;
using ShopSession.Redis;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Records;

public sealed class PayloadVersionTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_123);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_version_written_is_read(int version)
    {
        var birth = new SessionBirth(Now, Now.AddDays(30), TimeSpan.FromMinutes(30), IsPersistent: true, Ordinal: 7);

        var read = SessionBirth.FromBytes(birth.ToBytes(version));

        Assert.Equal(birth.ToString(), read?.ToString());
        Assert.Equal((byte)version, read?.Version);
    }

    [Fact]
    public void What_a_later_version_appends_is_passed_over_and_written_again_and_a_broken_record_is_none()
    {
        var birth = new SessionBirth(Now, Now.AddHours(12), TimeSpan.FromMinutes(30), IsPersistent: false, Ordinal: 300);
        byte[] later = [.. birth.ToBytes(), 1, 2, 3];
        later[0] = 3;
        later[1] |= 0x80;

        var read = SessionBirth.FromBytes(later);

        Assert.Equal(birth.ToString(), read?.ToString());
        Assert.Equal(later, read?.ToBytes());
        for (var length = 0; length < birth.ToBytes().Length; length++) Assert.Null(SessionBirth.FromBytes(birth.ToBytes().AsSpan(0, length)));
        Assert.Null(SessionBirth.FromBytes([2, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]));
    }

    [Fact]
    public async Task Replicas_that_write_the_version_before_share_sessions_with_those_that_write_the_present_one()
    {
        await using var site = await Site.StartAsync(replicas: 1);
        await using var before = await Replica.StartAsync(site.Redis.ConnectionString, options => options.PayloadVersion = 1);
        using var old = new Browser();
        using var young = new Browser();
        await old.SendAsync(before, HttpMethod.Post, "/login/ada", request => request.Headers.Add("User-Agent", "Old/1"));
        await young.SendAsync(site.A, HttpMethod.Post, "/login/ada", request => request.Headers.Add("User-Agent", "Young/2"));

        foreach (var (browser, value) in new[] { (old, "fromOld"), (young, "fromYoung") })
        {
            foreach (var replica in new[] { before, site.A })
            {
                Assert.Equal("ada", await browser.TextAsync(replica, "/me"));
                await browser.PostOkAsync(replica, $"/set/color/{value}");
            }

            Assert.Equal(value, await browser.TextAsync(before, "/get/color"));
        }

        foreach (var replica in new[] { before, site.A })
        {
            var devices = await replica.Services.GetRequiredService<ISessionDirectory>().ListAsync(new UserId("id-ada"), TestContext.Current.CancellationToken);
            Assert.Equal(["Young/2", "Old/1"], devices.Select(device => device.UserAgent));
        }
    }

    [Fact]
    public async Task A_record_of_the_version_before_is_written_in_the_present_one_when_its_id_changes()
    {
        await using var site = await Site.StartAsync(replicas: 1, configure: options => options.RotationGrace = TimeSpan.Zero);
        await using var before = await Replica.StartAsync(site.Redis.ConnectionString, options => options.PayloadVersion = 1);
        using var browser = new Browser();
        await browser.SendAsync(before, HttpMethod.Post, "/login/ada", request => request.Headers.Add("User-Agent", "Old/1"));
        await browser.PostOkAsync(before, "/set/color/green");
        await browser.PostOkAsync(before, "/count/visits");
        await site.Redis.SendAsync("HSET", (await site.Redis.SendAsync("KEYS", "s:*")).Trim(), "x-unknown", "kept");
        Assert.Equal(1, await VersionAsync(site));

        await browser.PostOkAsync(site.A, "/set/size/large");
        Assert.Equal(1, await VersionAsync(site));
        await browser.PostOkAsync(site.A, "/rotate");

        Assert.Equal(2, await VersionAsync(site));
        Assert.Equal("kept", await site.Redis.SendAsync("HGET", await KeyAsync(site), "x-unknown"));
        foreach (var replica in new[] { before, site.A })
        {
            Assert.Equal("ada", await browser.TextAsync(replica, "/me"));
            Assert.Equal("green", await browser.TextAsync(replica, "/get/color"));
            Assert.Equal("large", await browser.TextAsync(replica, "/get/size"));
        }

        Assert.Equal("2", await browser.PostOkAsync(site.A, "/count/visits"));
        var devices = await site.A.Services.GetRequiredService<ISessionDirectory>().ListAsync(new UserId("id-ada"), TestContext.Current.CancellationToken);
        Assert.Equal("Old/1", Assert.Single(devices).UserAgent);
    }

    [Fact]
    public async Task A_record_of_a_later_version_is_read_and_its_fields_survive_a_write()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var key = (await site.Redis.SendAsync("KEYS", "s:*")).Trim();
        byte[] later = [.. new SessionBirth(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1), TimeSpan.FromMinutes(30), false, 1).ToBytes(), 42];
        later[0] = 3;
        await site.A.Services.GetRequiredService<IRedisClient>().ExecuteAsync(new RedisCommand("HSET", (RedisKey)key, "b", later, "x-later", "kept"), TestContext.Current.CancellationToken);

        Assert.Equal("ada", await browser.TextAsync(site.B, "/me"));
        await browser.PostOkAsync(site.B, "/set/color/green");

        Assert.Equal("kept", await site.Redis.SendAsync("HGET", key, "x-later"));
        Assert.Equal(3, await VersionAsync(site));
        Assert.Equal("green", await browser.TextAsync(site.A, "/get/color"));
    }

    /// <summary>The live session's record; one that was just replaced may still be there.</summary>
    private static async Task<string> KeyAsync(Site site)
    {
        var live = await site.A.Services.GetRequiredService<ISessionDirectory>().ListAsync(new UserId("id-ada"), TestContext.Current.CancellationToken);
        return (await site.Redis.SendAsync("KEYS", $"s:*{Assert.Single(live).Handle.Value}")).Trim();
    }

    private static async Task<int> VersionAsync(Site site)
    {
        RedisKey key = await KeyAsync(site);
        var birth = await site.A.Services.GetRequiredService<IRedisClient>().ExecuteAsync(new RedisCommand("HGET", key, "b"), TestContext.Current.CancellationToken);
        return birth.AsBytes().Span[0];
    }
}
