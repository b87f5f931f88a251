using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>Strings that are numbers.</summary>
internal static class NumberCommands
{
    private static readonly byte[] SetName = "SET"u8.ToArray();
    private static readonly byte[] KeepTtl = "KEEPTTL"u8.ToArray();

    public static void Register(CommandTable table)
    {
        table.Add("incr", 2, Write | DenyOom | Fast, c => Add(c, 1), 1, 1, 1);
        table.Add("decr", 2, Write | DenyOom | Fast, c => Add(c, -1), 1, 1, 1);
        table.Add("incrby", 3, Write | DenyOom | Fast, c => Add(c, c.Int(2)), 1, 1, 1);
        table.Add("decrby", 3, Write | DenyOom | Fast, DecrBy, 1, 1, 1);
        table.Add("incrbyfloat", 3, Write | DenyOom | Fast, IncrByFloat, 1, 1, 1);
    }

    private static void DecrBy(CommandContext c)
    {
        var decrement = c.Int(2);
        // Its negative is not a 64-bit number.
        if (decrement == long.MinValue) throw new CommandException("ERR decrement would overflow");
        Add(c, -decrement);
    }

    private static void Add(CommandContext c, long increment)
    {
        var value = c.Get<StringValue>(c[1]);
        var number = 0L;
        if (value is not null && !Numbers.TryParseInt64(value.Span, out number)) throw new CommandException(Errors.NotInteger);
        if ((increment < 0 && number < long.MinValue - increment) || (increment > 0 && number > long.MaxValue - increment))
            throw new CommandException(Errors.Overflow);
        number += increment;
        Replace(c, value, Numbers.ToBytes(number), isText: false);
        c.Reply.Integer(number);
    }

    private static void IncrByFloat(CommandContext c)
    {
        var value = c.Get<StringValue>(c[1]);
        var number = ExtendedFloat.Zero;
        if (value is not null && !ExtendedFloat.TryParse(value.Span, out number)) throw new CommandException(Errors.NotFloat);
        if (!ExtendedFloat.TryParse(c[2], out var increment)) throw new CommandException(Errors.NotFloat);
        var sum = number.Add(increment);
        if (!sum.IsFinite) throw new CommandException(Errors.NotANumber);
        var text = ByteText.Bytes(sum.ToText());
        Replace(c, value, text, isText: true);
        // Logged as its outcome: another machine may round otherwise.
        c.Effect(SetName, c[1], text, KeepTtl);
        c.Reply.Bulk(text);
    }

    private static void Replace(CommandContext c, StringValue? old, byte[] text, bool isText)
    {
        var expiry = old is null ? KeyEntry.Never : c.Find(c[1])!.ExpiresAt;
        var entry = c.Db.Set(c[1], new StringValue(text, isText));
        if (expiry != KeyEntry.Never) c.Db.SetExpiry(entry, expiry);
        c.Changed(c[1]);
    }
}
