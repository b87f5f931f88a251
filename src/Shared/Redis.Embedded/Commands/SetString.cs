using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>Setting a whole string with its conditions and expiries. Expiries go to the log as the moment they mean.</summary>
internal static class SetString
{
    private static readonly byte[] SetName = "SET"u8.ToArray();
    private static readonly byte[] DelName = "DEL"u8.ToArray();
    private static readonly byte[] PersistName = "PERSIST"u8.ToArray();
    private static readonly byte[] PExpireAtName = "PEXPIREAT"u8.ToArray();
    private static readonly byte[] PxAt = "PXAT"u8.ToArray();

    public static void Set(CommandContext c)
    {
        var options = StringOptions.Parse(c, 3, forGet: false);
        var expiresAt = options.ExpiresAt(c);
        var entry = c.Find(c[1]);
        var previous = options.ReturnsOld ? c.Get<StringValue>(c[1]) : null;
        var isRefused = (options.IfAbsent && entry is not null) || (options.IfPresent && entry is null);
        if (options.ReturnsOld) StringCommands.ReplyString(c, previous);
        else if (isRefused) c.Reply.Null();
        else c.Reply.Ok();
        if (isRefused) return;

        var keptExpiry = options.KeepsExpiry && entry is not null ? entry.ExpiresAt : KeyEntry.Never;
        entry = c.Db.Set(c[1], new StringValue(c[2]));
        if (keptExpiry != KeyEntry.Never) c.Db.SetExpiry(entry, keptExpiry);
        if (expiresAt is { } at)
        {
            c.Db.SetExpiry(entry, at);
            c.Effect(SetName, c[1], c[2], PxAt, Numbers.ToBytes(at));
        }

        c.Changed(c[1]);
    }

    public static void SetNx(CommandContext c)
    {
        if (c.Find(c[1]) is not null)
        {
            c.Reply.Integer(0);
            return;
        }

        c.Db.Set(c[1], new StringValue(c[2]));
        c.Changed(c[1]);
        c.Reply.Integer(1);
    }

    public static void SetEx(CommandContext c) => SetWithLifetime(c, 1000);

    public static void PSetEx(CommandContext c) => SetWithLifetime(c, 1);

    public static void GetSet(CommandContext c)
    {
        StringCommands.ReplyString(c, c.Get<StringValue>(c[1]));
        c.Db.Set(c[1], new StringValue(c[2]));
        c.Effect(SetName, c[1], c[2]);
        c.Changed(c[1]);
    }

    public static void GetDel(CommandContext c)
    {
        var value = c.Get<StringValue>(c[1]);
        StringCommands.ReplyString(c, value);
        if (value is null) return;
        c.Db.Remove(c[1]);
        c.Effect(DelName, c[1]);
        c.Changed(c[1]);
    }

    public static void GetEx(CommandContext c)
    {
        var options = StringOptions.Parse(c, 2, forGet: true);
        if (c.Get<StringValue>(c[1]) is not { } value)
        {
            c.Reply.Null();
            return;
        }

        var entry = c.Find(c[1])!;
        var expiresAt = options.ExpiresAt(c);
        c.Reply.Bulk(value.Span);
        if (expiresAt is { } at && at <= c.Now)
        {
            c.Db.Remove(c[1]);
            c.Effect(DelName, c[1]);
            c.Changed(c[1]);
        }
        else if (expiresAt is { } later)
        {
            c.Db.SetExpiry(entry, later);
            c.Effect(PExpireAtName, c[1], Numbers.ToBytes(later));
            c.Changed(c[1]);
        }
        else if (options.Persists && entry.ExpiresAt != KeyEntry.Never)
        {
            c.Db.SetExpiry(entry, KeyEntry.Never);
            c.Effect(PersistName, c[1]);
            c.Changed(c[1]);
        }
    }

    private static void SetWithLifetime(CommandContext c, long unit)
    {
        var at = Expiry.Resolve(c, c[2], unit, isRelative: true, mustBePositive: true);
        // What has ended goes first, by itself: to those who watch the key its end and the new value are two events.
        c.Find(c[1]);
        var entry = c.Db.Set(c[1], new StringValue(c[3]));
        c.Db.SetExpiry(entry, at);
        c.Effect(SetName, c[1], c[3], PxAt, Numbers.ToBytes(at));
        c.Changed(c[1]);
        c.Reply.Ok();
    }
}
