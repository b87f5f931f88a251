using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;
using static ShopSession.Redis.Embedded.Execution.CommandFlags;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>Sorted sets by rank, score and member's order.</summary>
internal static class SortedSetRangeCommands
{
    public static void Register(CommandTable table)
    {
        table.Add("zrange", -4, ReadOnly, c => Range(c, ZRangeOptions.Parse(c, ZRangeKind.Rank, isReversed: false, isOpen: true)), 1, 1, 1);
        table.Add("zrevrange", -4, ReadOnly, c => Range(c, ZRangeOptions.Parse(c, ZRangeKind.Rank, isReversed: true, isOpen: false)), 1, 1, 1);
        table.Add("zrangebyscore", -4, ReadOnly, c => Range(c, ZRangeOptions.Parse(c, ZRangeKind.Score, isReversed: false, isOpen: false)), 1, 1, 1);
        table.Add("zrevrangebyscore", -4, ReadOnly, c => Range(c, ZRangeOptions.Parse(c, ZRangeKind.Score, isReversed: true, isOpen: false)), 1, 1, 1);
        table.Add("zrangebylex", -4, ReadOnly, c => Range(c, ZRangeOptions.Parse(c, ZRangeKind.Lex, isReversed: false, isOpen: false)), 1, 1, 1);
        table.Add("zrevrangebylex", -4, ReadOnly, c => Range(c, ZRangeOptions.Parse(c, ZRangeKind.Lex, isReversed: true, isOpen: false)), 1, 1, 1);
        table.Add("zcount", 4, ReadOnly | Fast, c => Count(c, ScoreRange.Parse(c[2], c[3])), 1, 1, 1);
        table.Add("zlexcount", 4, ReadOnly | Fast, c => Count(c, LexRange.Parse(c[2], c[3])), 1, 1, 1);
        table.Add("zremrangebyrank", 4, Write, c => RemoveRange(c, RankRange.Parse(c, 2, 3)), 1, 1, 1);
        table.Add("zremrangebyscore", 4, Write, c => RemoveRange(c, ScoreRange.Parse(c[2], c[3])), 1, 1, 1);
        table.Add("zremrangebylex", 4, Write, c => RemoveRange(c, LexRange.Parse(c[2], c[3])), 1, 1, 1);
    }

    private static void Range(CommandContext c, ZRangeOptions options)
    {
        var set = c.Get<SortedSetValue>(c[1]);
        var (first, count) = set is null ? (0, 0) : options.Select(set);
        var isNested = options.WithScores && c.Client.ProtocolVersion == 3;
        c.Reply.ArrayHeader(options.WithScores && !isNested ? count * 2 : count);
        var node = count == 0 ? null : set!.Order.At(first);
        for (; count > 0; count--, node = options.IsReversed ? node.Previous : node.Following)
        {
            if (isNested) c.Reply.ArrayHeader(2);
            c.Reply.Bulk(node!.Member);
            if (options.WithScores) c.Reply.Double(node.Score);
        }
    }

    private static void Count(CommandContext c, ISortedSetRange range)
    {
        var (first, end) = c.Get<SortedSetValue>(c[1]) is { } set ? range.Locate(set) : (0, 0);
        c.Reply.Integer(Math.Max(0, end - first));
    }

    private static void RemoveRange(CommandContext c, ISortedSetRange range)
    {
        var set = c.Get<SortedSetValue>(c[1]);
        var (first, end) = set is null ? (0, 0) : range.Locate(set);
        var removed = Math.Max(0, end - first);
        if (removed > 0)
        {
            var members = new List<byte[]>(removed);
            for (var node = set!.Order.At(first); members.Count < removed; node = node.Following) members.Add(node!.Member);
            foreach (var member in members) set.Remove(member);
            c.RemoveIfEmpty(c[1], set);
            c.Changed(c[1]);
        }

        c.Reply.Integer(removed);
    }
}
