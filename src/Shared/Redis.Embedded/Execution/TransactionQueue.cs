using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Execution;

/// <summary>The commands between MULTI and EXEC. What they hold counts against the memory for unfinished commands.</summary>
internal sealed class TransactionQueue(MemoryBudget budget)
{
    private const int CommandOverhead = 128;
    private long _reserved;

    public List<(CommandSpec Spec, byte[][] Arguments)> Commands { get; } = [];

    /// <summary>A command was refused while queueing: EXEC will refuse them all.</summary>
    public bool HasErrors { get; set; }

    public bool TryAdd(CommandSpec spec, byte[][] arguments)
    {
        var size = arguments.Sum(a => (long)a.Length + CommandOverhead);
        if (!budget.TryChange(size)) return false;
        _reserved += size;
        Commands.Add((spec, arguments));
        return true;
    }

    public void Release()
    {
        budget.TryChange(-_reserved);
        _reserved = 0;
    }
}
