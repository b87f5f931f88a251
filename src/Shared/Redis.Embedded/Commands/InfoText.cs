using System.Globalization;
using System.Text;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>The text of INFO, in the sections and with the names that monitoring tools know.</summary>
internal static class InfoText
{
    public static string Of(CommandContext c)
    {
        var wanted = c.Arguments.Skip(1).Select(a => ByteText.Text(a).ToLowerInvariant()).ToHashSet();
        var isAll = wanted.Overlaps(["all", "everything"]);
        var isDefault = isAll || wanted.Count == 0 || wanted.Contains("default");
        var text = new StringBuilder();
        foreach (var (name, lines) in Sections(c))
        {
            if (!(name == "Commandstats" ? isAll : isDefault) && !wanted.Contains(name.ToLowerInvariant())) continue;
            if (text.Length > 0) text.Append("\r\n");
            text.Append("# ").Append(name).Append("\r\n");
            foreach (var line in lines) text.Append(line).Append("\r\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, IEnumerable<string> Lines)> Sections(CommandContext c)
    {
        var store = c.Store;
        var settings = store.Settings;
        var statistics = store.Statistics;
        var persistence = store.Persistence;
        var uptime = Math.Max(0, (c.Now - store.StartedAt) / 1000);
        yield return ("Server", Lines($"redis_version:{ServerCommands.CompatibleVersion}", $"redis_mode:standalone", $"server_name:shopsession-embedded", $"process_id:{Environment.ProcessId}", $"tcp_port:{settings.Port}", $"uptime_in_seconds:{uptime}", $"uptime_in_days:{uptime / 86400}"));
        yield return ("Clients", Lines($"connected_clients:{store.Clients.Count}", $"maxclients:{settings.MaxClients}", $"blocked_clients:0", $"tracking_clients:{store.Tracking.TrackingClients}"));
        yield return ("Memory", Lines($"used_memory:{store.UsedMemory}", $"used_memory_peak:{store.PeakMemory}", $"used_memory_dataset:{store.DataMemory}", $"used_memory_rss:{Environment.WorkingSet}", $"maxmemory:{settings.MaxMemory}", $"maxmemory_policy:noeviction"));
        yield return ("Persistence", Lines($"loading:0", $"aof_enabled:{(persistence.IsEnabled ? 1 : 0)}", $"aof_rewrite_in_progress:{(persistence.IsRewriting ? 1 : 0)}", $"aof_current_size:{persistence.Size}", $"aof_base_size:{persistence.SizeAfterRewrite}", $"aof_last_write_status:{(persistence.WriteError is null ? "ok" : "err")}", $"rdb_last_save_time:{persistence.LastSave.ToUnixTimeSeconds()}"));
        yield return ("Stats", Lines($"total_connections_received:{statistics.Connections}", $"total_commands_processed:{statistics.Commands}", $"rejected_connections:{statistics.RejectedConnections}", $"expired_keys:{statistics.ExpiredKeys}", $"evicted_keys:0", $"total_error_replies:{statistics.Errors}", $"pubsub_channels:{store.PubSub.ChannelCount}", $"pubsub_patterns:{store.PubSub.PatternCount}", $"tracking_total_keys:{store.Tracking.Keys}", $"tracking_total_items:{store.Tracking.Items}", $"tracking_total_prefixes:{store.Tracking.Prefixes}"));
        yield return ("Replication", Lines($"role:master", $"connected_slaves:0"));
        yield return ("Commandstats", CommandStatistics(c.Store));
        yield return ("Cluster", Lines($"cluster_enabled:0"));
        yield return ("Keyspace", store.Databases.Where(d => d.Keys.Count > 0).Select(d => Line($"db{d.Index}:keys={d.Keys.Count},expires={d.Expiries.Count},avg_ttl=0")));
    }

    private static IEnumerable<string> CommandStatistics(Store store) => store.Commands.All
        .SelectMany(static spec => spec.Subcommands.Append(spec))
        .Where(static spec => !spec.Statistics.IsEmpty)
        .Select(static spec => $"cmdstat_{spec.Name}:{spec.Statistics}");

    private static IEnumerable<string> Lines(params FormattableString[] lines) => lines.Select(Line);

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
