using System.Globalization;
using ShopSession.Testing;

namespace ShopSession.Lab.Bench.Stores;

/// <summary>Reads a server's own counters.</summary>
internal static class RedisInfo
{
    public static async Task<long> NumberAsync(RedisServerProcess server, string section, params string[] names)
    {
        var lines = (await server.SendAsync("INFO", section)).Split('\n', StringSplitOptions.TrimEntries);
        return names.Sum(name => lines.FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.Ordinal)) is { } line ? long.Parse(line.Split(':')[1], CultureInfo.InvariantCulture) : 0);
    }

    /// <summary>Bytes that passed between the server and its clients. Those to and from its own replicas are in the server's totals, and taken out.</summary>
    public static async Task<long> ClientBytesAsync(RedisServerProcess server) =>
        await NumberAsync(server, "stats", "total_net_input_bytes", "total_net_output_bytes") - await NumberAsync(server, "stats", "total_net_repl_input_bytes", "total_net_repl_output_bytes");

    public static Task<long> MemoryAsync(RedisServerProcess server) => NumberAsync(server, "memory", "used_memory");

    public static async Task<long> KeysAsync(RedisServerProcess server) => long.Parse(await server.SendAsync("DBSIZE"), CultureInfo.InvariantCulture);

    public static async Task<bool> IsMasterAsync(RedisServerProcess server) => (await server.SendAsync("INFO", "replication")).Contains("role:master", StringComparison.Ordinal);
}
