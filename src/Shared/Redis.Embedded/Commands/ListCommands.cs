using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>Lists.</summary>
internal static class ListCommands
{
    public static void Register(CommandTable table)
    {
        table.Add("lpush", -3, Write | DenyOom | Fast, c => Push(c, atHead: true, onlyExisting: false), 1, 1, 1);
        table.Add("rpush", -3, Write | DenyOom | Fast, c => Push(c, atHead: false, onlyExisting: false), 1, 1, 1);
        table.Add("lpushx", -3, Write | DenyOom | Fast, c => Push(c, atHead: true, onlyExisting: true), 1, 1, 1);
        table.Add("rpushx", -3, Write | DenyOom | Fast, c => Push(c, atHead: false, onlyExisting: true), 1, 1, 1);
        table.Add("lpop", -2, Write | Fast, c => Pop(c, fromHead: true), 1, 1, 1);
        table.Add("rpop", -2, Write | Fast, c => Pop(c, fromHead: false), 1, 1, 1);
        table.Add("llen", 2, ReadOnly | Fast, c => c.Reply.Integer(c.Get<ListValue>(c[1])?.Count ?? 0), 1, 1, 1);
        table.Add("lrange", 4, ReadOnly, Range, 1, 1, 1);
        table.Add("lindex", 3, ReadOnly, Index, 1, 1, 1);
        table.Add("lset", 4, Write | DenyOom, Set, 1, 1, 1);
        table.Add("lrem", 4, Write, Remove, 1, 1, 1);
        table.Add("ltrim", 4, Write, Trim, 1, 1, 1);
        table.Add("linsert", 5, Write | DenyOom, Insert, 1, 1, 1);
        table.Add("lmove", 5, Write | DenyOom, c => Move(c, End(c, 3), End(c, 4)), 1, 2, 1);
        table.Add("rpoplpush", 3, Write | DenyOom, c => Move(c, fromHead: false, toHead: true), 1, 2, 1);
    }

    private static void Push(CommandContext c, bool atHead, bool onlyExisting)
    {
        var list = onlyExisting ? c.Get<ListValue>(c[1]) : c.GetOrCreate<ListValue>(c[1]);
        if (list is null)
        {
            c.Reply.Integer(0);
            return;
        }

        for (var i = 2; i < c.Count; i++) list.Add(c[i], atHead);
        c.Changed(c[1]);
        c.Reply.Integer(list.Count);
    }

    private static void Pop(CommandContext c, bool fromHead)
    {
        if (c.Count > 3) throw Errors.WrongArity(c.Spec.Name);
        var hasCount = c.Count == 3;
        var count = hasCount ? c.Int(2, Errors.NotPositive) : 1;
        if (count < 0) throw new CommandException(Errors.NotPositive);
        var list = c.Get<ListValue>(c[1]);
        if (list is null)
        {
            if (hasCount) c.Reply.NullArray();
            else c.Reply.Null();
            return;
        }

        var taken = (int)Math.Min(count, list.Count);
        if (hasCount) c.Reply.ArrayHeader(taken);
        for (var i = 0; i < taken; i++) c.Reply.Bulk(list.Take(fromHead));
        if (taken == 0) return;
        c.RemoveIfEmpty(c[1], list);
        c.Changed(c[1]);
    }

    private static void Range(CommandContext c)
    {
        var (start, stop) = (c.Int(2), c.Int(3));
        var list = c.Get<ListValue>(c[1]);
        var (first, last) = IndexRange.Clamp(start, stop, list?.Count ?? 0);
        c.Reply.ArrayHeader(last - first + 1);
        for (var i = first; i <= last; i++) c.Reply.Bulk(list![i]);
    }

    private static void Index(CommandContext c)
    {
        var list = c.Get<ListValue>(c[1]);
        if (list is null)
        {
            c.Reply.Null();
            return;
        }

        var index = At(list, c.Int(2));
        if (index is null) c.Reply.Null();
        else c.Reply.Bulk(list[index.Value]);
    }

    private static void Set(CommandContext c)
    {
        var list = c.Get<ListValue>(c[1]) ?? throw new CommandException(Errors.NoSuchKey);
        var index = At(list, c.Int(2)) ?? throw new CommandException(Errors.IndexOutOfRange);
        list[index] = c[3];
        c.Changed(c[1]);
        c.Reply.Ok();
    }

    private static void Remove(CommandContext c)
    {
        var count = c.Int(2);
        var list = c.Get<ListValue>(c[1]);
        var limit = count == 0 || count == long.MinValue ? long.MaxValue : Math.Abs(count);
        var removed = list?.RemoveAll(c[3], limit, fromHead: count >= 0) ?? 0;
        if (removed > 0)
        {
            c.RemoveIfEmpty(c[1], list!);
            c.Changed(c[1]);
        }

        c.Reply.Integer(removed);
    }

    private static void Trim(CommandContext c)
    {
        var (start, stop) = (c.Int(2), c.Int(3));
        if (c.Get<ListValue>(c[1]) is { } list)
        {
            var (first, last) = IndexRange.Clamp(start, stop, list.Count);
            var fromTail = last < first ? list.Count : list.Count - 1 - last;
            for (var i = 0; i < fromTail; i++) list.Take(fromHead: false);
            for (var i = 0; i < first && !list.IsEmpty; i++) list.Take(fromHead: true);
            c.RemoveIfEmpty(c[1], list);
            c.Changed(c[1]);
        }

        c.Reply.Ok();
    }

    private static void Insert(CommandContext c)
    {
        var isBefore = c.Is(2, "BEFORE"u8);
        if (!isBefore && !c.Is(2, "AFTER"u8)) throw new CommandException(Errors.Syntax);
        if (c.Get<ListValue>(c[1]) is not { } list)
        {
            c.Reply.Integer(0);
            return;
        }

        for (var i = 0; i < list.Count; i++)
        {
            if (!list[i].AsSpan().SequenceEqual(c[3])) continue;
            list.Insert(isBefore ? i : i + 1, c[4]);
            c.Changed(c[1]);
            c.Reply.Integer(list.Count);
            return;
        }

        c.Reply.Integer(-1);
    }

    private static void Move(CommandContext c, bool fromHead, bool toHead)
    {
        if (c.Get<ListValue>(c[1]) is not { } source)
        {
            c.Reply.Null();
            return;
        }

        c.Get<ListValue>(c[2]);
        var item = source.Take(fromHead);
        // The target may be the source itself, emptied for a moment.
        c.GetOrCreate<ListValue>(c[2]).Add(item, toHead);
        c.RemoveIfEmpty(c[1], source);
        c.Changed(c[2]);
        c.Changed(c[1]);
        c.Reply.Bulk(item);
    }

    private static bool End(CommandContext c, int index) =>
        c.Is(index, "LEFT"u8) || (c.Is(index, "RIGHT"u8) ? false : throw new CommandException(Errors.Syntax));

    private static int? At(ListValue list, long index)
    {
        if (index < 0) index += list.Count;
        return index >= 0 && index < list.Count ? (int)index : null;
    }
}
