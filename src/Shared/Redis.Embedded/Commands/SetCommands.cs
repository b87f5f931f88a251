using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Persistence;
using ShopSession.Redis.Embedded.Protocol;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>Sets.</summary>
internal static class SetCommands
{
    private static readonly byte[] SRemName = "SREM"u8.ToArray();

    public static void Register(CommandTable table)
    {
        table.Add("sadd", -3, CommandFlags.Write | DenyOom | Fast, Add, 1, 1, 1);
        table.Add("srem", -3, CommandFlags.Write | Fast, Remove, 1, 1, 1);
        table.Add("smembers", 2, ReadOnly, c => Write(c, c.Get<SetValue>(c[1])?.Members.Entries().Select(m => m.Key).ToList() ?? []), 1, 1, 1);
        table.Add("sismember", 3, ReadOnly | Fast, c => c.Reply.Integer(c.Get<SetValue>(c[1])?.Members.Contains(c[2]) == true ? 1 : 0), 1, 1, 1);
        table.Add("smismember", -3, ReadOnly | Fast, AreMembers, 1, 1, 1);
        table.Add("scard", 2, ReadOnly | Fast, c => c.Reply.Integer(c.Get<SetValue>(c[1])?.Count ?? 0), 1, 1, 1);
        table.Add("spop", -2, CommandFlags.Write | Fast, Pop, 1, 1, 1);
        table.Add("srandmember", -2, ReadOnly, RandomMember, 1, 1, 1);
        table.Add("sinter", -2, ReadOnly, Intersect, 1, -1, 1);
        table.Add("sunion", -2, ReadOnly, Unite, 1, -1, 1);
        table.Add("sdiff", -2, ReadOnly, Subtract, 1, -1, 1);
        table.Add("sscan", -3, ReadOnly, c => ScanCommands.ScanCollection(c, () => c.Get<SetValue>(c[1])?.Members, 1, e => c.Reply.Bulk(e.Key)), 1, 1, 1);
    }

    private static void Add(CommandContext c)
    {
        var set = c.GetOrCreate<SetValue>(c[1]);
        var added = 0;
        for (var i = 2; i < c.Count; i++)
            if (set.Add(c[i])) added++;
        if (added > 0) c.Changed(c[1]);
        c.Reply.Integer(added);
    }

    private static void Remove(CommandContext c)
    {
        var removed = 0;
        if (c.Get<SetValue>(c[1]) is { } set)
        {
            for (var i = 2; i < c.Count; i++)
                if (set.Remove(c[i])) removed++;
            c.RemoveIfEmpty(c[1], set);
        }

        if (removed > 0) c.Changed(c[1]);
        c.Reply.Integer(removed);
    }

    private static void AreMembers(CommandContext c)
    {
        var set = c.Get<SetValue>(c[1]);
        c.Reply.ArrayHeader(c.Count - 2);
        for (var i = 2; i < c.Count; i++) c.Reply.Integer(set?.Members.Contains(c[i]) == true ? 1 : 0);
    }

    private static void Pop(CommandContext c)
    {
        if (c.Count > 3) throw new CommandException(Errors.Syntax);
        var count = c.Count == 3 ? c.Int(2, Errors.NotPositive) : 1;
        if (count < 0) throw new CommandException(Errors.NotPositive);
        var set = c.Get<SetValue>(c[1]);
        var chosen = RandomSelection.Of(set?.Members, count, c.Store.Random).ConvertAll(m => m.Key);
        RequireRecord(c, chosen);
        foreach (var member in chosen) set!.Remove(member);
        if (c.Count == 3) Write(c, chosen);
        else c.Reply.BulkOrNull(chosen.FirstOrDefault());
        if (chosen.Count == 0) return;
        c.RemoveIfEmpty(c[1], set!);
        c.Effect([SRemName, c[1], .. chosen]);
        c.Changed(c[1]);
    }

    // A short command, and a long effect: the log names what was taken.
    private static void RequireRecord(CommandContext c, List<byte[]> members)
    {
        const int Overhead = 8;
        if (c.Store.Effects.Content.Length + members.Sum(m => (long)m.Length + Overhead) > EffectBuffer.Largest) throw new CommandException(Errors.TooManyEffects);
    }

    private static void RandomMember(CommandContext c)
    {
        if (c.Count == 2)
        {
            c.Reply.BulkOrNull(c.Get<SetValue>(c[1])?.Members.GetRandom(c.Store.Random).Key);
            return;
        }

        if (c.Count > 3) throw new CommandException(Errors.Syntax);
        var count = RandomSelection.Count(c, 2);
        var chosen = RandomSelection.Of(c.Get<SetValue>(c[1])?.Members, count, c.Store.Random);
        c.Reply.ArrayHeader(chosen.Count);
        foreach (var (member, _) in chosen) c.Reply.Bulk(member);
    }

    private static void Intersect(CommandContext c)
    {
        var sets = Sets(c);
        if (sets.Contains(null))
        {
            Write(c, []);
            return;
        }

        sets.Sort((a, b) => a!.Count.CompareTo(b!.Count));
        Write(c, [.. sets[0]!.Members.Entries().Select(m => m.Key).Where(m => sets.TrueForAll(s => s!.Members.Contains(m)))]);
    }

    private static void Unite(CommandContext c)
    {
        var all = new ByteTable<bool>();
        foreach (var set in Sets(c))
            foreach (var (member, _) in set?.Members.Entries() ?? []) all.Set(member, true);
        Write(c, [.. all.Entries().Select(m => m.Key)]);
    }

    private static void Subtract(CommandContext c)
    {
        var sets = Sets(c);
        var rest = sets.Skip(1).Where(s => s is not null).ToList();
        Write(c, [.. (sets[0]?.Members.Entries() ?? []).Select(m => m.Key).Where(m => !rest.Exists(s => s!.Members.Contains(m)))]);
    }

    private static List<SetValue?> Sets(CommandContext c)
    {
        var sets = new List<SetValue?>();
        for (var i = 1; i < c.Count; i++) sets.Add(c.Get<SetValue>(c[i]));
        return sets;
    }

    private static void Write(CommandContext c, List<byte[]> members)
    {
        c.Reply.SetHeader(members.Count);
        foreach (var member in members) c.Reply.Bulk(member);
    }
}
