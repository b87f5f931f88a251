using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>The options of ZADD, and where its pairs of score and member start.</summary>
internal sealed class ZAddOptions
{
    private bool _ifGreater;
    private bool _ifLess;

    public static ZAddOptions ForIncrement { get; } = new() { Increments = true, FirstPair = 2 };

    public bool IfAbsent { get; private init; }

    public bool IfPresent { get; private set; }

    public bool CountsChanged { get; private set; }

    public bool Increments { get; private init; }

    public int FirstPair { get; private init; }

    public static ZAddOptions Parse(CommandContext c)
    {
        var (absent, present, greater, less, changed, increments) = (false, false, false, false, false, false);
        var at = 2;
        for (; at < c.Count; at++)
        {
            if (c.Is(at, "NX"u8)) absent = true;
            else if (c.Is(at, "XX"u8)) present = true;
            else if (c.Is(at, "GT"u8)) greater = true;
            else if (c.Is(at, "LT"u8)) less = true;
            else if (c.Is(at, "CH"u8)) changed = true;
            else if (c.Is(at, "INCR"u8)) increments = true;
            else break;
        }

        var rest = c.Count - at;
        if (rest == 0 || (rest & 1) != 0) throw new CommandException(Errors.Syntax);
        if (absent && present) throw new CommandException("ERR XX and NX options at the same time are not compatible");
        if ((greater && absent) || (less && absent) || (greater && less))
            throw new CommandException("ERR GT, LT, and/or NX options at the same time are not compatible");
        if (increments && rest > 2) throw new CommandException("ERR INCR option supports a single increment-element pair");
        return new ZAddOptions
        {
            IfAbsent = absent,
            _ifGreater = greater,
            _ifLess = less,
            IfPresent = present,
            CountsChanged = changed,
            Increments = increments,
            FirstPair = at,
        };
    }

    public bool Allows(bool exists, double current, double score)
    {
        if (!exists) return !IfPresent;
        return !IfAbsent && (!_ifGreater || score > current) && (!_ifLess || score < current);
    }
}
