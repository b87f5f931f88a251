using ShopSession.Redis.Embedded.Tests.Wire;

namespace ShopSession.Redis.Embedded.Tests.Tracking;

public sealed class InvalidationOrderTests
{
    /// <summary>
    /// Guards reading one's own writes at another replica: who has the answer to a write may tell somebody, whose replica must by then have the message in its socket or it serves the old value from
    /// memory. A message that is sent some time later is lost in this order on a busy machine only, so it is tried often.
    /// </summary>
    [Fact]
    public async Task Who_kept_a_key_has_the_message_of_its_change_before_the_writer_has_the_answer()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var writer = await RespClient.ConnectAsync(server.Port);
        await using var reader = await RespClient.ConnectAsync(server.Port, protocol: 3);
        await reader.SendAsync("CLIENT", "TRACKING", "ON", "NOLOOP");
        var late = 0;
        const int Trials = 500;

        for (var i = 0; i < Trials; i++)
        {
            await reader.SendAsync("GET", "k");
            await writer.SendAsync("SET", "k", $"{i}");
            if (reader.Available == 0) late++;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{Trials} changes, {late} told after the answer");
        Assert.Equal(0, late);
    }
}
