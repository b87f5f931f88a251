using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;
using ShopSession.Redis.Embedded.PubSub;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>Going through keys and collections in steps.</summary>
internal static class ScanCommands
{
    private const int SmallCollection = 128;

    public static void Register(CommandTable table)
    {
        table.Add("scan", -2, ReadOnly, Scan);
    }

    /// <summary>HSCAN, SSCAN and ZSCAN: what <paramref name="write"/> writes for an entry counts as <paramref name="itemsPerEntry"/> items.</summary>
    public static void ScanCollection<T>(CommandContext c, Func<ByteTable<T>?> find, int itemsPerEntry, Action<KeyValuePair<byte[], T>> write)
    {
        // In Redis's order: first the cursor, then the key, and of what is not there nobody asks how it is to be gone through.
        var cursor = Cursor(c, 2);
        if (find() is not { } table)
        {
            WriteHeader(c, 0, 0);
            return;
        }

        var options = ScanOptions.Parse(c, 3, allowsType: false);
        var found = new List<KeyValuePair<byte[], T>>();
        // Small ones come in one go, as Redis does with its compact encodings.
        if (table.Count <= SmallCollection) (found, cursor) = ([.. table.Entries()], 0);
        else cursor = Collect(table, cursor, options.Count, found);

        if (options.Pattern is { } pattern) found.RemoveAll(e => !GlobPattern.Matches(pattern, e.Key));
        WriteHeader(c, cursor, found.Count * itemsPerEntry);
        foreach (var entry in found) write(entry);
    }

    private static void Scan(CommandContext c)
    {
        var cursor = Cursor(c, 1);
        var options = ScanOptions.Parse(c, 2, allowsType: true);
        var found = new List<KeyValuePair<byte[], KeyEntry>>();
        cursor = Collect(c.Db.Keys, cursor, options.Count, found);
        found.RemoveAll(e =>
            (options.Pattern is { } pattern && !GlobPattern.Matches(pattern, e.Key)) ||
            c.Find(e.Key) is not { } entry ||
            (options.Type is { } type && !ByteText.EqualsIgnoreCase(type, ByteText.Bytes(entry.Value.TypeName))));
        WriteHeader(c, cursor, found.Count);
        foreach (var (key, _) in found) c.Reply.Bulk(key);
    }

    private static ulong Collect<T>(ByteTable<T> table, ulong cursor, long count, List<KeyValuePair<byte[], T>> found)
    {
        // Empty buckets count as well, at a tenth, so that a sparse table does not hold everybody up.
        for (var steps = count > long.MaxValue / 10 ? long.MaxValue : count * 10; steps > 0 && found.Count < count; steps--)
        {
            cursor = table.Scan(cursor, found);
            if (cursor == 0) break;
        }

        return cursor;
    }

    private static ulong Cursor(CommandContext c, int index) =>
        Numbers.TryParseUInt64(c[index], out var cursor) ? cursor : throw new CommandException(Errors.InvalidCursor);

    private static void WriteHeader(CommandContext c, ulong cursor, int items)
    {
        c.Reply.ArrayHeader(2);
        c.Reply.Bulk(cursor.ToString(System.Globalization.CultureInfo.InvariantCulture));
        c.Reply.ArrayHeader(items);
    }
}
