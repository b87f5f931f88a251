using System.Globalization;
using ShopSession.Redis.Embedded.Tests.Wire;

namespace ShopSession.Redis.Embedded.Tests.Differential;

/// <summary>Commands whose replies depend on chance or on the table's inner order: their promises, on the embedded store alone.</summary>
public sealed class ChanceTests
{
    [Fact]
    public async Task A_scan_finds_everything_that_was_there_all_the_time_while_keys_come_and_go()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        for (var i = 0; i < 500; i++) await client.SendAsync("SET", "stays" + Text(i), "v");
        var (found, cursor, step) = (new HashSet<string>(), "0", 0);
        do
        {
            var reply = await client.SendAsync("SCAN", cursor, "COUNT", "7");
            cursor = reply.Items[0].Text;
            found.UnionWith(reply.Items[1].Items.Select(i => i.Text));
            // The table grows to several times its size and shrinks again.
            for (var i = 0; i < 40; i++)
            {
                var key = "comes" + Text(((step % 40) * 40) + i);
                await client.SendAsync(step < 40 ? ["SET", key, "v"] : ["DEL", key]);
            }

            step++;
        }
        while (cursor != "0");
        Assert.Equal(500, found.Count(k => k.StartsWith("stays", StringComparison.Ordinal)));
        Assert.True(step > 40, "the scan took steps while the table shrank");
    }

    [Fact]
    public async Task Every_member_is_chosen_about_as_often()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        await client.SendAsync(["SADD", "s", .. Enumerable.Range(0, 100).Select(Text)]);
        await client.SendAsync(["SREM", "s", .. Enumerable.Range(10, 90).Select(Text)]);
        var chosen = (await client.SendAsync("SRANDMEMBER", "s", "-10000")).Items.GroupBy(i => i.Text).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(10, chosen.Count);
        Assert.All(chosen.Values, count => Assert.InRange(count, 800, 1200));
        for (var count = 0; count <= 12; count++)
            Assert.Equal(Math.Min(count, 10), (await client.SendAsync("SRANDMEMBER", "s", Text(count))).Items.Select(i => i.Text).Distinct().Count());
        var popped = (await client.SendAsync("SPOP", "s", "4")).Items.Select(i => i.Text).ToList();
        var rest = (await client.SendAsync("SMEMBERS", "s")).Items.Select(i => i.Text).ToList();
        Assert.Equal(Enumerable.Range(0, 10).Select(Text).Order(StringComparer.Ordinal), popped.Concat(rest).Order(StringComparer.Ordinal));
        Assert.Equal("ERR value is out of range", (await client.SendAsync("SRANDMEMBER", "s", "-9000000000")).Text);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
