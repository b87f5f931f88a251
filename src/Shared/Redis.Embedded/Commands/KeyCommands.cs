using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;
using ShopSession.Redis.Embedded.PubSub;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>Keys whatever they hold.</summary>
internal static class KeyCommands
{
    public static void Register(CommandTable table)
    {
        table.Add("del", -2, Write, Delete, 1, -1, 1);
        table.Add("unlink", -2, Write | Fast, Delete, 1, -1, 1);
        table.Add("exists", -2, ReadOnly | Fast, CountExisting, 1, -1, 1);
        table.Add("touch", -2, ReadOnly | Fast, CountExisting, 1, -1, 1);
        table.Add("type", 2, ReadOnly | Fast, c => c.Reply.Simple(c.Find(c[1])?.Value.TypeName ?? "none"), 1, 1, 1);
        table.Add("rename", 3, Write, c => Rename(c, onlyIfAbsent: false), 1, 2, 1);
        table.Add("renamenx", 3, Write | Fast, c => Rename(c, onlyIfAbsent: true), 1, 2, 1);
        table.Add("copy", -3, Write | DenyOom, Copy, 1, 2, 1);
        table.Add("keys", 2, ReadOnly, Keys);
        table.Add("randomkey", 1, ReadOnly, RandomKey);
    }

    private static void Delete(CommandContext c)
    {
        var removed = 0;
        for (var i = 1; i < c.Count; i++)
        {
            if (c.Find(c[i]) is null) continue;
            c.Db.Remove(c[i]);
            c.Changed(c[i]);
            removed++;
        }

        c.Reply.Integer(removed);
    }

    private static void CountExisting(CommandContext c)
    {
        var count = 0;
        for (var i = 1; i < c.Count; i++)
            if (c.Find(c[i]) is not null) count++;
        c.Reply.Integer(count);
    }

    private static void Rename(CommandContext c, bool onlyIfAbsent)
    {
        var entry = c.Find(c[1]) ?? throw new CommandException(Errors.NoSuchKey);
        var isSame = c[1].AsSpan().SequenceEqual(c[2]);
        if (onlyIfAbsent && (isSame || c.Find(c[2]) is not null))
        {
            c.Reply.Integer(0);
            return;
        }

        if (!isSame)
        {
            var (value, expiry) = (entry.Value, entry.ExpiresAt);
            c.Find(c[2]);
            c.Db.Remove(c[1]);
            var renamed = c.Db.Set(c[2], value);
            if (expiry != KeyEntry.Never) c.Db.SetExpiry(renamed, expiry);
            c.Changed(c[1]);
            c.Changed(c[2]);
        }

        if (onlyIfAbsent) c.Reply.Integer(1);
        else c.Reply.Ok();
    }

    private static void Copy(CommandContext c)
    {
        var (target, replace) = (c.Db, false);
        for (var i = 3; i < c.Count; i++)
        {
            if (c.Is(i, "REPLACE"u8)) replace = true;
            else if (c.Is(i, "DB"u8) && i + 1 < c.Count) target = c.DatabaseAt(++i);
            else throw new CommandException(Errors.Syntax);
        }

        if (target == c.Db && c[1].AsSpan().SequenceEqual(c[2])) throw new CommandException("ERR source and destination objects are the same");
        var existing = c.Store.Find(target, c[2], c.Now);
        if (c.Find(c[1]) is not { } entry || (existing is not null && !replace))
        {
            c.Reply.Integer(0);
            return;
        }

        c.RequireMemory(entry.Value.Size);
        var copy = target.Set(c[2], entry.Value.Copy());
        if (entry.ExpiresAt != KeyEntry.Never) target.SetExpiry(copy, entry.ExpiresAt);
        c.MarkDirty();
        // To a rewrite of the log that has not come to the source yet, the command alone would mean nothing.
        c.Store.Effects.Touch(c.Db.Index, c[1]);
        c.Store.Signal(c.Client, target, c[2]);
        c.Reply.Integer(1);
    }

    private static void Keys(CommandContext c)
    {
        var matching = c.Db.Keys.Entries().Where(e => !IsOver(e.Value, c.Now) && GlobPattern.Matches(c[1], e.Key)).Select(e => e.Key).ToList();
        c.Reply.ArrayHeader(matching.Count);
        foreach (var key in matching) c.Reply.Bulk(key);
    }

    private static void RandomKey(CommandContext c)
    {
        while (c.Db.Keys.Count > 0)
        {
            var key = c.Db.Keys.GetRandom(c.Store.Random).Key;
            if (c.Find(key) is null) continue;
            c.Reply.Bulk(key);
            return;
        }

        c.Reply.Null();
    }

    private static bool IsOver(KeyEntry entry, long now) => entry.ExpiresAt != KeyEntry.Never && entry.ExpiresAt <= now;
}
