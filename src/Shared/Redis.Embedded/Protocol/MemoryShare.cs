namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>
/// What one client holds of a budget besides its commands: keys that it watches, channels that it listens to, prefixes that it tracks.
/// Belongs to the executor.
/// </summary>
internal sealed class MemoryShare(MemoryBudget budget)
{
    /// <summary>An entry in a client's table and in the store's, beside the bytes of its name.</summary>
    private const int EntryOverhead = 256;

    private long _held;

    /// <exception cref="CommandException">The budget is used up; nothing was taken.</exception>
    public void Take(ReadOnlySpan<byte[]> names)
    {
        var bytes = 0L;
        foreach (var name in names) bytes += name.Length + EntryOverhead;
        if (!budget.TryChange(bytes)) throw new CommandException(Errors.OutOfMemory);
        _held += bytes;
    }

    public void Return(byte[] name)
    {
        _held -= name.Length + EntryOverhead;
        budget.TryChange(-(name.Length + EntryOverhead));
    }

    /// <summary>Gives everything back; the client has left.</summary>
    public void Release()
    {
        budget.TryChange(-_held);
        _held = 0;
    }
}
