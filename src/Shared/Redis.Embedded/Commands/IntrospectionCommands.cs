using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>How keys are stored.</summary>
internal static class IntrospectionCommands
{
    public static void Register(CommandTable table)
    {
        table.Add("object", -2, None, _ => { });
        table.Add("object|encoding", 3, ReadOnly, c => Describe(c, e => c.Reply.Bulk(e.Value.Encoding)), 2, 2, 1);
        table.Add("object|refcount", 3, ReadOnly, c => Describe(c, _ => c.Reply.Integer(1)), 2, 2, 1);
        table.Add("object|idletime", 3, ReadOnly, c => Describe(c, _ => c.Reply.Integer(0)), 2, 2, 1);
        table.Add("object|help", 2, None, c => Help.Write(c, "OBJECT", "ENCODING <key>", "IDLETIME <key>", "REFCOUNT <key>"));
        table.Add("memory", -2, None, _ => { });
        table.Add("memory|usage", -3, ReadOnly, Usage, 2, 2, 1);
        table.Add("memory|purge", 2, None, Purge);
        table.Add("memory|help", 2, None, c => Help.Write(c, "MEMORY", "PURGE", "USAGE <key> [SAMPLES <count>]"));
    }

    // What is free already goes back to the operating system now, and not when the collector comes to it.
    private static void Purge(CommandContext c)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        c.Reply.Ok();
    }

    private static void Describe(CommandContext c, Action<KeyEntry> describe)
    {
        if (c.Find(c[2]) is { } entry) describe(entry);
        else c.Reply.Null();
    }

    private static void Usage(CommandContext c)
    {
        if (c.Count is not (3 or 5) || (c.Count == 5 && !c.Is(3, "SAMPLES"u8))) throw new CommandException(Errors.Syntax);
        if (c.Count == 5 && c.Int(4) < 0) throw new CommandException(Errors.Syntax);
        Describe(c, e => c.Reply.Integer(MemoryMeter.KeyOverhead + MemoryMeter.ArrayOverhead + e.Key.Length + e.Value.Size));
    }
}
