using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>A part of a sorted set.</summary>
internal interface ISortedSetRange
{
    /// <summary>The rank of the first member in it and the rank after the last; not after the first when it is empty.</summary>
    (int First, int End) Locate(SortedSetValue set);
}

/// <summary>From rank to rank, negative ones counted from the end.</summary>
internal sealed record RankRange(long Start, long Stop) : ISortedSetRange
{
    public static RankRange Parse(CommandContext c, int start, int stop) => new(c.Int(start), c.Int(stop));

    public (int First, int End) Locate(SortedSetValue set)
    {
        var (first, last) = IndexRange.Clamp(Start, Stop, set.Count);
        return (first, last + 1);
    }
}

/// <summary>From score to score; a bound with "(" before it is not part of it.</summary>
internal sealed record ScoreRange(double Minimum, bool ExcludesMinimum, double Maximum, bool ExcludesMaximum) : ISortedSetRange
{
    public static ScoreRange Parse(byte[] minimum, byte[] maximum)
    {
        if (!TryParse(minimum, out var low, out var excludesLow) || !TryParse(maximum, out var high, out var excludesHigh))
            throw new CommandException("ERR min or max is not a float");
        return new ScoreRange(low, excludesLow, high, excludesHigh);
    }

    public (int First, int End) Locate(SortedSetValue set) =>
        (set.Order.CountWhile(n => ExcludesMinimum ? n.Score <= Minimum : n.Score < Minimum),
         set.Order.CountWhile(n => ExcludesMaximum ? n.Score < Maximum : n.Score <= Maximum));

    private static bool TryParse(byte[] text, out double value, out bool isExcluded)
    {
        isExcluded = text.Length > 0 && text[0] == (byte)'(';
        return Numbers.TryParseBound(isExcluded ? text.AsSpan(1) : text, out value);
    }
}

/// <summary>From member to member, for sets whose scores are all the same: "[" includes, "(" excludes, "-" and "+" are the ends.</summary>
internal sealed record LexRange(LexBound Minimum, LexBound Maximum) : ISortedSetRange
{
    public static LexRange Parse(byte[] minimum, byte[] maximum) => new(LexBound.Parse(minimum), LexBound.Parse(maximum));

    public (int First, int End) Locate(SortedSetValue set) =>
        (set.Order.CountWhile(n => Minimum.CompareTo(n.Member) is var order && (order > 0 || (order == 0 && Minimum.IsExcluded))),
         set.Order.CountWhile(n => Maximum.CompareTo(n.Member) is var order && (order > 0 || (order == 0 && !Maximum.IsExcluded))));
}

/// <summary>One end of a <see cref="LexRange"/>. <paramref name="End"/> is -1 for "-", 1 for "+", 0 for a member.</summary>
internal sealed record LexBound(int End, byte[] Member, bool IsExcluded)
{
    public static LexBound Parse(byte[] text) => text switch
    {
        [(byte)'-'] => new(-1, [], false),
        [(byte)'+'] => new(1, [], false),
        [(byte)'[', .. var member] => new(0, member, false),
        [(byte)'(', .. var member] => new(0, member, true),
        _ => throw new CommandException("ERR min or max not valid string range item"),
    };

    /// <summary>Positive: the bound lies behind the member.</summary>
    public int CompareTo(byte[] member) => End != 0 ? End : Member.AsSpan().SequenceCompareTo(member);
}
