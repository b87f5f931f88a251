using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>Sorted sets by member. Ranges are in <see cref="SortedSetRangeCommands"/>.</summary>
internal static class SortedSetCommands
{
    public static void Register(CommandTable table)
    {
        table.Add("zadd", -4, Write | DenyOom | Fast, c => Add(c, ZAddOptions.Parse(c)), 1, 1, 1);
        table.Add("zincrby", 4, Write | DenyOom | Fast, c => Add(c, ZAddOptions.ForIncrement), 1, 1, 1);
        table.Add("zrem", -3, Write | Fast, Remove, 1, 1, 1);
        table.Add("zscore", 3, ReadOnly | Fast, c => WriteScore(c, c.Get<SortedSetValue>(c[1]), c[2]), 1, 1, 1);
        table.Add("zmscore", -3, ReadOnly | Fast, Scores, 1, 1, 1);
        table.Add("zcard", 2, ReadOnly | Fast, c => c.Reply.Integer(c.Get<SortedSetValue>(c[1])?.Count ?? 0), 1, 1, 1);
        table.Add("zrank", 3, ReadOnly | Fast, c => Rank(c, isReversed: false), 1, 1, 1);
        table.Add("zrevrank", 3, ReadOnly | Fast, c => Rank(c, isReversed: true), 1, 1, 1);
        table.Add("zpopmin", -2, Write | Fast, c => Pop(c, fromEnd: false), 1, 1, 1);
        table.Add("zpopmax", -2, Write | Fast, c => Pop(c, fromEnd: true), 1, 1, 1);
        table.Add("zscan", -3, ReadOnly, Scan, 1, 1, 1);
    }

    private static void Add(CommandContext c, ZAddOptions options)
    {
        var pairs = c.Count - options.FirstPair;
        // All scores are read before anything is changed.
        var scores = new double[pairs / 2];
        for (var i = 0; i < scores.Length; i++) scores[i] = c.Float(options.FirstPair + (2 * i));

        var set = options.IfPresent ? c.Get<SortedSetValue>(c[1]) : c.GetOrCreate<SortedSetValue>(c[1]);
        var (added, updated, outcome) = (0, 0, (double?)null);
        for (var i = 0; set is not null && i < scores.Length; i++)
        {
            var member = c[options.FirstPair + (2 * i) + 1];
            var exists = set.Scores.TryGet(member, out var current);
            var score = options.Increments && exists ? current + scores[i] : scores[i];
            if (exists && options.IfAbsent) continue;
            if (double.IsNaN(score))
            {
                c.RemoveIfEmpty(c[1], set);
                throw new CommandException(Errors.ScoreNotANumber);
            }

            if (!options.Allows(exists, current, score)) continue;
            outcome = score;
            if (set.Set(member, score)) added++;
            else if (current != score) updated++;
        }

        if (set is not null) c.RemoveIfEmpty(c[1], set);
        if (added + updated > 0) c.Changed(c[1]);
        if (!options.Increments) c.Reply.Integer(options.CountsChanged ? added + updated : added);
        else if (outcome is { } score) c.Reply.Double(score);
        else c.Reply.Null();
    }

    private static void Remove(CommandContext c)
    {
        var removed = 0;
        if (c.Get<SortedSetValue>(c[1]) is { } set)
        {
            for (var i = 2; i < c.Count; i++)
                if (set.Remove(c[i])) removed++;
            c.RemoveIfEmpty(c[1], set);
        }

        if (removed > 0) c.Changed(c[1]);
        c.Reply.Integer(removed);
    }

    private static void Scores(CommandContext c)
    {
        var set = c.Get<SortedSetValue>(c[1]);
        c.Reply.ArrayHeader(c.Count - 2);
        for (var i = 2; i < c.Count; i++) WriteScore(c, set, c[i]);
    }

    private static void WriteScore(CommandContext c, SortedSetValue? set, byte[] member)
    {
        if (set is not null && set.Scores.TryGet(member, out var score)) c.Reply.Double(score);
        else c.Reply.Null();
    }

    private static void Rank(CommandContext c, bool isReversed)
    {
        var set = c.Get<SortedSetValue>(c[1]);
        if (set is null || !set.Scores.TryGet(c[2], out var score))
        {
            c.Reply.Null();
            return;
        }

        var rank = set.Order.RankOf(c[2], score);
        c.Reply.Integer(isReversed ? set.Count - 1 - rank : rank);
    }

    private static void Pop(CommandContext c, bool fromEnd)
    {
        if (c.Count > 3) throw new CommandException(Errors.Syntax);
        var count = c.Count == 3 ? c.Int(2, Errors.NotPositive) : 1;
        if (count < 0) throw new CommandException(Errors.NotPositive);
        var set = c.Get<SortedSetValue>(c[1]);
        var taken = (int)Math.Min(count, set?.Count ?? 0);
        // With a count, RESP3 gets pairs; without one, the single pair stands for itself.
        var isNested = c.Client.ProtocolVersion == 3 && c.Count == 3;
        c.Reply.ArrayHeader(isNested ? taken : taken * 2);
        for (var i = 0; i < taken; i++)
        {
            var node = fromEnd ? set!.Order.Last! : set!.Order.First!;
            if (isNested) c.Reply.ArrayHeader(2);
            c.Reply.Bulk(node.Member);
            c.Reply.Double(node.Score);
            set.Remove(node.Member);
        }

        if (taken == 0) return;
        c.RemoveIfEmpty(c[1], set!);
        c.Changed(c[1]);
    }

    private static void Scan(CommandContext c)
    {
        SortedSetValue? set = null;
        ScanCommands.ScanCollection(c, () => (set = c.Get<SortedSetValue>(c[1]))?.Scores, 2, e =>
        {
            c.Reply.Bulk(e.Key);
            // Redis keeps whole scores of a compact set as integers, and here it shows.
            var isInteger = set!.IsCompact && double.IsInteger(e.Value) && Math.Abs(e.Value) < long.MaxValue / 2;
            c.Reply.Bulk(isInteger ? Numbers.ToBytes((long)e.Value) : ByteText.Bytes(Numbers.Format(e.Value)));
        });
    }
}
