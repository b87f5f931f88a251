using System.Globalization;
using ShopSession.Testing;

namespace ShopSession.Sessions.Bench.Measuring;

/// <summary>What the store has counted since its start.</summary>
/// <param name="Commands">Commands, without the clients' signs of life and these questions.</param>
/// <param name="Bytes">Bytes over its network, in and out.</param>
/// <param name="Memory">Bytes in use.</param>
internal sealed record StoreCounters(long Commands, long Bytes, long Memory)
{
    private static readonly string[] NotCounted = ["ping", "info", "hello", "auth", "select"];

    public static async Task<StoreCounters> ReadAsync(RedisServerProcess server)
    {
        var text = await server.SendAsync("INFO", "everything");
        var values = text.Split("\r\n").Where(static line => line.Contains(':', StringComparison.Ordinal)).Select(static line => line.Split(':', 2)).ToDictionary(static pair => pair[0], static pair => pair[1]);
        var commands = values
            .Where(static pair => pair.Key.StartsWith("cmdstat_", StringComparison.Ordinal) && !NotCounted.Contains(pair.Key["cmdstat_".Length..]))
            .Sum(static pair => Number(pair.Value.Split("calls=")[1].Split(',')[0]));
        return new StoreCounters(commands, Number(values["total_net_input_bytes"]) + Number(values["total_net_output_bytes"]), Number(values["used_memory"]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
