using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>The options of the SCAN family.</summary>
internal sealed record ScanOptions(byte[]? Pattern, long Count, byte[]? Type)
{
    public static ScanOptions Parse(CommandContext c, int from, bool allowsType)
    {
        var options = new ScanOptions(null, 10, null);
        for (var i = from; i < c.Count; i += 2)
        {
            if (i + 1 == c.Count) throw new CommandException(Errors.Syntax);
            if (c.Is(i, "MATCH"u8)) options = options with { Pattern = c[i + 1] };
            else if (c.Is(i, "COUNT"u8)) options = options with { Count = c.Int(i + 1) };
            else if (allowsType && c.Is(i, "TYPE"u8)) options = options with { Type = c[i + 1] };
            else throw new CommandException(Errors.Syntax);
            if (options.Count < 1) throw new CommandException(Errors.Syntax);
        }

        return options;
    }
}
