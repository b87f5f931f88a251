using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Execution;

/// <summary>The commands between MULTI and EXEC. What they hold counts against the memory for unfinished commands.</summary>
internal sealed class TransactionQueue(ClientMemory memory)
{
    private const int CommandOverhead = 128;

    // What it does must fit into one record of the log, or it could be there in part after a crash.
    private const long Largest = 1024L * 1024 * 1024;

    /// <summary>Bytes that the commands take.</summary>
    public long Size { get; private set; }

    public List<(CommandSpec Spec, byte[][] Arguments)> Commands { get; } = [];

    /// <summary>A command was refused while queueing: EXEC will refuse them all.</summary>
    public bool HasErrors { get; set; }

    /// <summary>What the commands are, taken together.</summary>
    public CommandFlags Flags { get; private set; }

    public bool TryAdd(CommandSpec spec, byte[][] arguments)
    {
        var size = arguments.Sum(a => (long)a.Length + CommandOverhead);
        if (Size + size > Largest || !memory.TryChange(size)) return false;
        Size += size;
        Flags |= spec.Flags;
        Commands.Add((spec, arguments));
        return true;
    }

    public void Release()
    {
        memory.TryChange(-Size);
        Size = 0;
    }
}
