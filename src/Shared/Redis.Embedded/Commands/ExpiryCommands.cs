using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>How long keys live.</summary>
internal static class ExpiryCommands
{
    private static readonly byte[] DelName = "DEL"u8.ToArray();
    private static readonly byte[] PExpireAtName = "PEXPIREAT"u8.ToArray();

    public static void Register(CommandTable table)
    {
        table.Add("expire", -3, Write | Fast, c => Expire(c, 1000, isRelative: true), 1, 1, 1);
        table.Add("pexpire", -3, Write | Fast, c => Expire(c, 1, isRelative: true), 1, 1, 1);
        table.Add("expireat", -3, Write | Fast, c => Expire(c, 1000, isRelative: false), 1, 1, 1);
        table.Add("pexpireat", -3, Write | Fast, c => Expire(c, 1, isRelative: false), 1, 1, 1);
        table.Add("ttl", 2, ReadOnly | Fast, c => Remaining(c, at => (at - c.Now + 500) / 1000), 1, 1, 1);
        table.Add("pttl", 2, ReadOnly | Fast, c => Remaining(c, at => at - c.Now), 1, 1, 1);
        table.Add("expiretime", 2, ReadOnly | Fast, c => Remaining(c, at => (at / 1000) + ((at % 1000) >= 500 ? 1 : 0)), 1, 1, 1);
        table.Add("pexpiretime", 2, ReadOnly | Fast, c => Remaining(c, at => at), 1, 1, 1);
        table.Add("persist", 2, Write | Fast, Persist, 1, 1, 1);
    }

    private static void Expire(CommandContext c, long unit, bool isRelative)
    {
        var condition = ExpiryCondition.Parse(c, 3);
        var at = Expiry.Resolve(c, c[2], unit, isRelative, mustBePositive: false);
        if (c.Find(c[1]) is not { } entry || !condition.Allows(entry.ExpiresAt, at))
        {
            c.Reply.Integer(0);
            return;
        }

        if (at <= c.Now)
        {
            c.Db.Remove(c[1]);
            c.Effect(DelName, c[1]);
        }
        else
        {
            c.Db.SetExpiry(entry, Math.Max(0, at));
            c.Effect(PExpireAtName, c[1], Numbers.ToBytes(at));
        }

        c.Changed(c[1]);
        c.Reply.Integer(1);
    }

    private static void Remaining(CommandContext c, Func<long, long> convert)
    {
        var entry = c.Find(c[1]);
        c.Reply.Integer(entry is null ? -2 : entry.ExpiresAt == KeyEntry.Never ? -1 : convert(entry.ExpiresAt));
    }

    private static void Persist(CommandContext c)
    {
        if (c.Find(c[1]) is not { } entry || entry.ExpiresAt == KeyEntry.Never)
        {
            c.Reply.Integer(0);
            return;
        }

        c.Db.SetExpiry(entry, KeyEntry.Never);
        c.Changed(c[1]);
        c.Reply.Integer(1);
    }
}
