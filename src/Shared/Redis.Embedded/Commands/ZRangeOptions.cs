using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>What the bounds of a range mean.</summary>
internal enum ZRangeKind
{
    Rank,
    Score,
    Lex,
}

/// <summary>The options of ZRANGE and of the older commands that it replaces.</summary>
internal sealed class ZRangeOptions
{
    private ISortedSetRange _range = new RankRange(0, -1);
    private long _offset;
    private long _limit = -1;

    public bool IsReversed { get; private set; }

    public bool WithScores { get; private set; }

    /// <summary>Reads the options; <paramref name="isOpen"/> says that it is ZRANGE itself, which takes BYSCORE, BYLEX and REV.</summary>
    public static ZRangeOptions Parse(CommandContext c, ZRangeKind kind, bool isReversed, bool isOpen)
    {
        var options = new ZRangeOptions { IsReversed = isReversed };
        var hasLimit = false;
        for (var i = 4; i < c.Count; i++)
        {
            if (c.Is(i, "WITHSCORES"u8))
            {
                options.WithScores = true;
            }
            else if (c.Is(i, "LIMIT"u8) && i + 2 < c.Count)
            {
                (options._offset, options._limit, hasLimit) = (c.Int(i + 1), c.Int(i + 2), true);
                i += 2;
            }
            else if (isOpen && !options.IsReversed && c.Is(i, "REV"u8))
            {
                options.IsReversed = true;
            }
            else if (isOpen && kind == ZRangeKind.Rank && c.Is(i, "BYSCORE"u8))
            {
                kind = ZRangeKind.Score;
            }
            else if (isOpen && kind == ZRangeKind.Rank && c.Is(i, "BYLEX"u8))
            {
                kind = ZRangeKind.Lex;
            }
            else
            {
                throw new CommandException(Errors.Syntax);
            }
        }

        if (hasLimit && options._limit != -1 && kind == ZRangeKind.Rank)
            throw new CommandException("ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX");
        if (options.WithScores && kind == ZRangeKind.Lex)
            throw new CommandException("ERR syntax error, WITHSCORES not supported in combination with BYLEX");
        options._range = RangeOf(c, kind, options.IsReversed);
        return options;
    }

    /// <summary>The rank of the first member to reply and how many; the following ones lie towards the start when it is reversed.</summary>
    public (int First, int Count) Select(SortedSetValue set)
    {
        var (first, end) = _range.Locate(set);
        if (_range is RankRange && IsReversed) (first, end) = (set.Count - end, set.Count - first);
        var available = end - first;
        if (available <= 0 || _offset < 0 || _offset >= available) return (0, 0);
        var count = (int)(_limit < 0 ? available - _offset : Math.Min(_limit, available - _offset));
        return (IsReversed ? (int)(end - 1 - _offset) : (int)(first + _offset), count);
    }

    private static ISortedSetRange RangeOf(CommandContext c, ZRangeKind kind, bool isReversed) => kind switch
    {
        ZRangeKind.Rank => RankRange.Parse(c, 2, 3),
        ZRangeKind.Score => isReversed ? ScoreRange.Parse(c[3], c[2]) : ScoreRange.Parse(c[2], c[3]),
        _ => isReversed ? LexRange.Parse(c[3], c[2]) : LexRange.Parse(c[2], c[3]),
    };
}
