using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>Hashes.</summary>
internal static class HashCommands
{
    private static readonly byte[] HSetName = "HSET"u8.ToArray();

    public static void Register(CommandTable table)
    {
        table.Add("hset", -4, Write | DenyOom | Fast, c => Set(c, replyOk: false), 1, 1, 1);
        table.Add("hmset", -4, Write | DenyOom | Fast, c => Set(c, replyOk: true), 1, 1, 1);
        table.Add("hsetnx", 4, Write | DenyOom | Fast, SetNx, 1, 1, 1);
        table.Add("hget", 3, ReadOnly | Fast, c => c.Reply.BulkOrNull(Field(c.Get<HashValue>(c[1]), c[2])), 1, 1, 1);
        table.Add("hmget", -3, ReadOnly | Fast, MGet, 1, 1, 1);
        table.Add("hgetall", 2, ReadOnly, GetAll, 1, 1, 1);
        table.Add("hdel", -3, Write | Fast, Delete, 1, 1, 1);
        table.Add("hexists", 3, ReadOnly | Fast, c => c.Reply.Integer(Field(c.Get<HashValue>(c[1]), c[2]) is null ? 0 : 1), 1, 1, 1);
        table.Add("hlen", 2, ReadOnly | Fast, c => c.Reply.Integer(c.Get<HashValue>(c[1])?.Fields.Count ?? 0), 1, 1, 1);
        table.Add("hstrlen", 3, ReadOnly | Fast, c => c.Reply.Integer(Field(c.Get<HashValue>(c[1]), c[2])?.Length ?? 0), 1, 1, 1);
        table.Add("hkeys", 2, ReadOnly, c => WriteColumn(c, e => e.Key), 1, 1, 1);
        table.Add("hvals", 2, ReadOnly, c => WriteColumn(c, e => e.Value), 1, 1, 1);
        table.Add("hincrby", 4, Write | DenyOom | Fast, IncrBy, 1, 1, 1);
        table.Add("hincrbyfloat", 4, Write | DenyOom | Fast, IncrByFloat, 1, 1, 1);
        table.Add("hscan", -3, ReadOnly, Scan, 1, 1, 1);
        table.Add("hrandfield", -2, ReadOnly, RandomField, 1, 1, 1);
    }

    private static byte[]? Field(HashValue? hash, byte[] field) => hash is not null && hash.Fields.TryGet(field, out var value) ? value : null;

    private static void Set(CommandContext c, bool replyOk)
    {
        if ((c.Count & 1) != 0) throw Errors.WrongArity(c.Spec.Name);
        var hash = c.GetOrCreate<HashValue>(c[1]);
        var added = 0;
        for (var i = 2; i < c.Count; i += 2)
            if (hash.Set(c[i], c[i + 1])) added++;
        c.Changed(c[1]);
        if (replyOk) c.Reply.Ok();
        else c.Reply.Integer(added);
    }

    private static void SetNx(CommandContext c)
    {
        if (Field(c.Get<HashValue>(c[1]), c[2]) is not null)
        {
            c.Reply.Integer(0);
            return;
        }

        c.GetOrCreate<HashValue>(c[1]).Set(c[2], c[3]);
        c.Changed(c[1]);
        c.Reply.Integer(1);
    }

    private static void MGet(CommandContext c)
    {
        var hash = c.Get<HashValue>(c[1]);
        c.Reply.ArrayHeader(c.Count - 2);
        for (var i = 2; i < c.Count; i++) c.Reply.BulkOrNull(Field(hash, c[i]));
    }

    private static void GetAll(CommandContext c)
    {
        var hash = c.Get<HashValue>(c[1]);
        c.Reply.MapHeader(hash?.Fields.Count ?? 0);
        if (hash is null) return;
        foreach (var (field, value) in hash.Fields.Entries())
        {
            c.Reply.Bulk(field);
            c.Reply.Bulk(value);
        }
    }

    private static void WriteColumn(CommandContext c, Func<KeyValuePair<byte[], byte[]>, byte[]> column)
    {
        var hash = c.Get<HashValue>(c[1]);
        c.Reply.ArrayHeader(hash?.Fields.Count ?? 0);
        if (hash is null) return;
        foreach (var entry in hash.Fields.Entries()) c.Reply.Bulk(column(entry));
    }

    private static void Delete(CommandContext c)
    {
        var removed = 0;
        if (c.Get<HashValue>(c[1]) is { } hash)
        {
            for (var i = 2; i < c.Count; i++)
                if (hash.Remove(c[i])) removed++;
            c.RemoveIfEmpty(c[1], hash);
        }

        if (removed > 0) c.Changed(c[1]);
        c.Reply.Integer(removed);
    }

    private static void IncrBy(CommandContext c)
    {
        var increment = c.Int(3);
        var number = 0L;
        if (Field(c.Get<HashValue>(c[1]), c[2]) is { } current && !Numbers.TryParseInt64(current, out number))
            throw new CommandException("ERR hash value is not an integer");
        if ((increment < 0 && number < long.MinValue - increment) || (increment > 0 && number > long.MaxValue - increment))
            throw new CommandException(Errors.Overflow);
        number += increment;
        c.GetOrCreate<HashValue>(c[1]).Set(c[2], Numbers.ToBytes(number));
        c.Changed(c[1]);
        c.Reply.Integer(number);
    }

    private static void IncrByFloat(CommandContext c)
    {
        if (!ExtendedFloat.TryParse(c[3], out var increment)) throw new CommandException(Errors.NotFloat);
        if (!increment.IsFinite) throw new CommandException("ERR value is NaN or Infinity");
        var number = ExtendedFloat.Zero;
        if (Field(c.Get<HashValue>(c[1]), c[2]) is { } current && !ExtendedFloat.TryParse(current, out number))
            throw new CommandException("ERR hash value is not a float");
        var sum = number.Add(increment);
        if (!sum.IsFinite) throw new CommandException(Errors.NotANumber);
        var text = ByteText.Bytes(sum.ToText());
        c.GetOrCreate<HashValue>(c[1]).Set(c[2], text);
        c.Effect(HSetName, c[1], c[2], text);
        c.Changed(c[1]);
        c.Reply.Bulk(text);
    }

    private static void Scan(CommandContext c)
    {
        ScanCommands.ScanCollection(c, () => c.Get<HashValue>(c[1])?.Fields, 2, e =>
        {
            c.Reply.Bulk(e.Key);
            c.Reply.Bulk(e.Value);
        });
    }

    private static void RandomField(CommandContext c)
    {
        if (c.Count == 2)
        {
            c.Reply.BulkOrNull(c.Get<HashValue>(c[1])?.Fields.GetRandom(c.Store.Random).Key);
            return;
        }

        var count = RandomSelection.Count(c, 2);
        var withValues = c.Count == 4 && c.Is(3, "WITHVALUES"u8);
        if (c.Count > 4 || (c.Count == 4 && !withValues)) throw new CommandException(Errors.Syntax);
        if (withValues && count > long.MaxValue / 2) throw new CommandException(Errors.OutOfRange);
        var hash = c.Get<HashValue>(c[1]);
        var chosen = RandomSelection.Of(hash?.Fields, count, c.Store.Random);
        var isNested = withValues && c.Client.ProtocolVersion == 3;
        c.Reply.ArrayHeader(withValues && !isNested ? chosen.Count * 2 : chosen.Count);
        foreach (var (field, value) in chosen)
        {
            if (isNested) c.Reply.ArrayHeader(2);
            c.Reply.Bulk(field);
            if (withValues) c.Reply.Bulk(value);
        }
    }
}
