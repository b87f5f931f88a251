using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Promises;

public sealed class DeployTests(ITestOutputHelper output)
{
    // Makes the record one of the next version: its number, something appended to the birth field, a field of its own.
    private const string ToNextVersion = "local b = redis.call('HGET', KEYS[1], 'b') redis.call('HSET', KEYS[1], 'b', string.char(string.byte(b, 1) + 1) .. string.sub(b, 2) .. 'later', 'z9', 'from the future') return 1";

    private const string Look = "local b = redis.call('HGET', KEYS[1], 'b') return tostring(string.byte(b, 1)) .. ' ' .. string.sub(b, -5) .. ' ' .. (redis.call('HGET', KEYS[1], 'z9') or 'gone')";

    [Fact]
    public async Task What_a_later_version_has_written_is_read_past_and_survives_writes_and_a_change_of_id()
    {
        await using var site = await Site.StartAsync(redisOptions: new() { IsReal = true });
        var lost = 0;
        const int Trials = 10;
        for (var i = 0; i < Trials; i++)
        {
            using var browser = new Browser();
            await browser.PostOkAsync(site.A, $"/login/ada{i}");
            var key = (await site.Redis.SendAsync("KEYS", "s:*")).Trim();
            await site.Redis.SendAsync("EVAL", ToNextVersion, "1", key);
            var written = await LookAsync(site, key);

            await browser.PostOkAsync(site.A, "/set/color/green");
            await browser.PostOkAsync(site.B, "/count/visits");
            foreach (var replica in site.Replicas) Assert.Equal($"ada{i}", await browser.TextAsync(replica, "/me"));
            if (await LookAsync(site, key) != written) lost++;

            await browser.PostOkAsync(site.B, "/rotate");
            await site.Redis.SendAsync("DEL", key);
            if (await LookAsync(site, (await site.Redis.SendAsync("KEYS", "s:*")).Trim()) != written) lost++;
            Assert.Equal($"ada{i}", await browser.TextAsync(site.A, "/me"));
            await browser.PostOkAsync(site.A, "/logout");
        }

        output.WriteLine($"{Trials} records of a later version, written to and given a new id: {lost} times something of it was lost");
        Assert.Equal(0, lost);
    }

    private static Task<string> LookAsync(Site site, string key) => site.Redis.SendAsync("EVAL", Look, "1", key);
}
