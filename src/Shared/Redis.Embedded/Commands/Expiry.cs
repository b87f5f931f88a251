using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>Turns the lifetimes and moments that clients give into Unix milliseconds.</summary>
internal static class Expiry
{
    /// <summary>The moment that <paramref name="text"/> means; <paramref name="unit"/> is what it counts in, 1 or 1000 milliseconds.</summary>
    /// <exception cref="CommandException">It is no number, or none that a moment can be made of.</exception>
    public static long Resolve(CommandContext c, byte[] text, long unit, bool isRelative, bool mustBePositive)
    {
        if (!Numbers.TryParseInt64(text, out var number)) throw new CommandException(Errors.NotInteger);
        if (mustBePositive && number <= 0) throw Invalid(c);
        if (unit > 1 && (number > long.MaxValue / unit || number < long.MinValue / unit)) throw Invalid(c);
        number *= unit;
        if (!isRelative) return number;
        var now = Math.Max(0, c.Now);
        return number > long.MaxValue - now ? throw Invalid(c) : number + now;
    }

    private static CommandException Invalid(CommandContext c) => new($"ERR invalid expire time in '{c.Spec.Name}' command");
}
