namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>
/// What one client holds besides its commands: keys that it watches, channels that it listens to, prefixes that it tracks.
/// Belongs to the executor.
/// </summary>
internal sealed class MemoryShare(ClientMemory memory)
{
    /// <summary>An entry in a client's table and in the store's, beside the bytes of its name.</summary>
    private const int EntryOverhead = 256;

    /// <exception cref="CommandException">There is no memory left; nothing was taken.</exception>
    public void Take(ReadOnlySpan<byte[]> names)
    {
        var bytes = 0L;
        foreach (var name in names) bytes += name.Length + EntryOverhead;
        if (!memory.TryChange(bytes)) throw new CommandException(Errors.OutOfMemory);
    }

    public void Return(byte[] name) => memory.TryChange(-(name.Length + EntryOverhead));
}
