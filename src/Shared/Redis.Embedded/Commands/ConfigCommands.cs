using System.Globalization;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Protocol;
using ShopSession.Redis.Embedded.PubSub;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>CONFIG: what clients and tools ask for, and the few settings that may change while the store runs.</summary>
internal static class ConfigCommands
{
    public static void Register(CommandTable table)
    {
        table.Add("config", -2, None, _ => { });
        table.Add("config|get", -3, Admin, Get);
        table.Add("config|set", -4, Admin, Set);
        table.Add("config|resetstat", 2, Admin, ResetStatistics);
        table.Add("config|help", 2, None, c => Help.Write(c, "CONFIG", "GET <pattern>", "SET <directive> <value>", "RESETSTAT"));
    }

    private static void Get(CommandContext c)
    {
        var matching = Values(c.Store).Where(v => c.Arguments.Skip(2).Any(p => GlobPattern.Matches(ByteText.Bytes(ByteText.Text(p).ToLowerInvariant()), ByteText.Bytes(v.Name)))).ToList();
        c.Reply.MapHeader(matching.Count);
        foreach (var (name, value) in matching)
        {
            c.Reply.Bulk(name);
            c.Reply.Bulk(value);
        }
    }

    private static void ResetStatistics(CommandContext c)
    {
        foreach (var spec in c.Store.Commands.All.SelectMany(spec => spec.Subcommands.Append(spec))) spec.Statistics.Reset();
        c.Reply.Ok();
    }

    private static IEnumerable<(string Name, string Value)> Values(Store store)
    {
        var settings = store.Settings;
        yield return ("appendfsync", settings.FsyncAlways ? "always" : "everysec");
        yield return ("appendonly", store.Persistence.IsEnabled ? "yes" : "no");
        yield return ("bind", settings.Bind);
        yield return ("databases", Text(settings.Databases));
        yield return ("dir", settings.Directory);
        yield return ("maxclients", Text(settings.MaxClients));
        yield return ("maxmemory", Text(settings.MaxMemory));
        yield return ("maxmemory-policy", "noeviction");
        yield return ("notify-keyspace-events", "");
        yield return ("port", Text(settings.Port));
        yield return ("proto-max-bulk-len", Text(settings.MaxBulkBytes));
        yield return ("requirepass", settings.Password ?? "");
        yield return ("save", "");
        yield return ("slave-read-only", "yes");
        yield return ("replica-read-only", "yes");
        yield return ("timeout", "0");
        yield return ("tracking-table-max-keys", Text(settings.TrackingTableKeys));
    }

    private static void Set(CommandContext c)
    {
        if ((c.Count & 1) != 0) throw Errors.WrongArity(c.Spec.Name);
        // All are checked before any is applied.
        var changes = new List<Action>();
        for (var i = 2; i < c.Count; i += 2) changes.Add(Change(c.Store, ByteText.Text(c[i]).ToLowerInvariant(), c[i + 1]));
        foreach (var change in changes) change();
        c.Reply.Ok();
    }

    private static Action Change(Store store, string name, byte[] value)
    {
        var settings = store.Settings;
        switch (name)
        {
            case "maxmemory":
                var memory = Number(name, value, 1, long.MaxValue);
                return () => settings.MaxMemory = memory;
            case "maxclients":
                var clients = Number(name, value, 1, Math.Min(100_000, settings.PossibleClients));
                return () => settings.MaxClients = (int)clients;
            case "tracking-table-max-keys":
                var keys = Number(name, value, 1, int.MaxValue);
                return () => settings.TrackingTableKeys = (int)keys;
            case "appendfsync" when value.Is("always"u8) || value.Is("everysec"u8):
                return () => settings.FsyncAlways = value.Is("always"u8);
            case "maxmemory-policy" when value.Is("noeviction"u8):
                return () => { };
            // What is no text could not be given again: it is kept as text.
            case "requirepass" when value.Length > 0 ? System.Text.Unicode.Utf8.IsValid(value) : System.Net.IPAddress.IsLoopback(System.Net.IPAddress.Parse(settings.Bind)):
                return () => settings.Password = value.Length == 0 ? null : ByteText.Text(value);
            case "appendfsync" or "maxmemory-policy" or "requirepass":
                throw Failed(name, "argument(s) must be one of those that this store supports");
            default:
                throw new CommandException($"ERR Unknown option or number of arguments for CONFIG SET - '{name}'");
        }
    }

    private static long Number(string name, byte[] value, long minimum, long maximum) =>
        Numbers.TryParseInt64(value, out var number) && number >= minimum && number <= maximum
            ? number
            : throw Failed(name, string.Create(CultureInfo.InvariantCulture, $"argument must be between {minimum} and {maximum} inclusive"));

    private static CommandException Failed(string name, string reason) =>
        new($"ERR CONFIG SET failed (possibly related to argument '{name}') - {reason}");

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
