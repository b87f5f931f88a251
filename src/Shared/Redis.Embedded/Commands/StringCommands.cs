using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>Strings as a whole and in parts. SET and its relatives are in <see cref="SetString"/>.</summary>
internal static class StringCommands
{
    public static void Register(CommandTable table)
    {
        table.Add("get", 2, ReadOnly | Fast, Get, 1, 1, 1);
        table.Add("set", -3, Write | DenyOom, SetString.Set, 1, 1, 1);
        table.Add("setnx", 3, Write | DenyOom | Fast, SetString.SetNx, 1, 1, 1);
        table.Add("setex", 4, Write | DenyOom, SetString.SetEx, 1, 1, 1);
        table.Add("psetex", 4, Write | DenyOom, SetString.PSetEx, 1, 1, 1);
        table.Add("getset", 3, Write | DenyOom | Fast, SetString.GetSet, 1, 1, 1);
        table.Add("getex", -2, Write | Fast, SetString.GetEx, 1, 1, 1);
        table.Add("getdel", 2, Write | Fast, SetString.GetDel, 1, 1, 1);
        table.Add("mget", -2, ReadOnly | Fast, MGet, 1, -1, 1);
        table.Add("mset", -3, Write | DenyOom, MSet, 1, -1, 2);
        table.Add("msetnx", -3, Write | DenyOom, MSetNx, 1, -1, 2);
        table.Add("append", 3, Write | DenyOom | Fast, Append, 1, 1, 1);
        table.Add("strlen", 2, ReadOnly | Fast, StrLen, 1, 1, 1);
        table.Add("getrange", 4, ReadOnly, GetRange, 1, 1, 1);
        table.Add("substr", 4, ReadOnly, GetRange, 1, 1, 1);
        table.Add("setrange", 4, Write | DenyOom, SetRange, 1, 1, 1);
    }

    public static void ReplyString(CommandContext c, StringValue? value)
    {
        if (value is null) c.Reply.Null();
        else c.Reply.Bulk(value.Span);
    }

    private static void Get(CommandContext c) => ReplyString(c, c.Get<StringValue>(c[1]));

    private static void MGet(CommandContext c)
    {
        c.Reply.ArrayHeader(c.Count - 1);
        for (var i = 1; i < c.Count; i++) ReplyString(c, c.Find(c[i])?.Value as StringValue);
    }

    private static void MSet(CommandContext c)
    {
        SetAll(c);
        c.Reply.Ok();
    }

    private static void MSetNx(CommandContext c)
    {
        RequirePairs(c);
        for (var i = 1; i < c.Count; i += 2)
            if (c.Find(c[i]) is not null)
            {
                c.Reply.Integer(0);
                return;
            }

        SetAll(c);
        c.Reply.Integer(1);
    }

    private static void SetAll(CommandContext c)
    {
        RequirePairs(c);
        for (var i = 1; i < c.Count; i += 2)
        {
            // As in SETEX, what has ended goes first.
            c.Find(c[i]);
            c.Db.Set(c[i], new StringValue(c[i + 1]));
            c.Changed(c[i]);
        }
    }

    private static void RequirePairs(CommandContext c)
    {
        if ((c.Count & 1) == 0) throw Errors.WrongArity(c.Spec.Name);
    }

    private static void Append(CommandContext c)
    {
        var value = c.Get<StringValue>(c[1]);
        RequireLength(c, (value?.Length ?? 0L) + c[2].Length);
        if (value is null) c.Db.Set(c[1], value = new StringValue(c[2]));
        else value.Append(c[2], c.SpareMemory);
        c.Changed(c[1]);
        c.Reply.Integer(value.Length);
    }

    private static void StrLen(CommandContext c) => c.Reply.Integer(c.Get<StringValue>(c[1])?.Length ?? 0);

    private static void GetRange(CommandContext c)
    {
        var (start, end) = (c.Int(2), c.Int(3));
        var value = c.Get<StringValue>(c[1]);
        var length = value?.Length ?? 0;
        if (start < 0 && end < 0 && start > end)
        {
            c.Reply.Bulk([]);
            return;
        }

        if (start < 0) start = Math.Max(0, length + start);
        if (end < 0) end = Math.Max(0, length + end);
        end = Math.Min(end, length - 1);
        c.Reply.Bulk(start > end || length == 0 ? [] : value!.Span[(int)start..(int)(end + 1)]);
    }

    private static void SetRange(CommandContext c)
    {
        var offset = c.Int(2);
        if (offset < 0) throw new CommandException("ERR offset is out of range");
        var value = c.Get<StringValue>(c[1]);
        if (c[3].Length == 0)
        {
            c.Reply.Integer(value?.Length ?? 0);
            return;
        }

        RequireLength(c, offset > int.MaxValue ? long.MaxValue : offset + c[3].Length);
        c.RequireMemory(offset + c[3].Length - (value?.Length ?? 0));
        if (value is null) c.Db.Set(c[1], value = new StringValue([]));
        value.Write((int)offset, c[3], c.SpareMemory);
        c.Changed(c[1]);
        c.Reply.Integer(value.Length);
    }

    private static void RequireLength(CommandContext c, long length)
    {
        // What the log holds was allowed when it was written.
        if (!c.Store.IsLoading && length > c.Store.Settings.MaxBulkBytes) throw new CommandException(Errors.StringTooLong);
    }
}
