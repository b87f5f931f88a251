using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>The options of SET and GETEX.</summary>
internal sealed class StringOptions
{
    private byte[]? _expiry;
    private long _unit;
    private bool _isRelative;

    public bool IfAbsent { get; private set; }

    public bool IfPresent { get; private set; }

    public bool ReturnsOld { get; private set; }

    public bool KeepsExpiry { get; private set; }

    public bool Persists { get; private set; }

    /// <exception cref="CommandException">An option is unknown or contradicts another.</exception>
    public static StringOptions Parse(CommandContext c, int from, bool forGet)
    {
        var options = new StringOptions();
        for (var i = from; i < c.Count; i++)
            if (!options.TryTakeFlag(c[i], forGet) && !options.TryTakeExpiry(c, ref i)) throw new CommandException(Errors.Syntax);
        return options;
    }

    public long? ExpiresAt(CommandContext c) =>
        _expiry is null ? null : Expiry.Resolve(c, _expiry, _unit, _isRelative, mustBePositive: true);

    private bool TryTakeFlag(byte[] word, bool forGet)
    {
        if (forGet)
        {
            if (!word.Is("PERSIST"u8) || _expiry is not null) return false;
            return Persists = true;
        }

        if (word.Is("NX"u8) && !IfPresent) return IfAbsent = true;
        if (word.Is("XX"u8) && !IfAbsent) return IfPresent = true;
        if (word.Is("GET"u8)) return ReturnsOld = true;
        if (word.Is("KEEPTTL"u8) && _expiry is null) return KeepsExpiry = true;
        return false;
    }

    private bool TryTakeExpiry(CommandContext c, ref int i)
    {
        if (KeepsExpiry || Persists || i + 1 >= c.Count) return false;
        (long Unit, bool IsRelative) kind = c[i] switch
        {
            var word when word.Is("EX"u8) => (1000, true),
            var word when word.Is("PX"u8) => (1, true),
            var word when word.Is("EXAT"u8) => (1000, false),
            var word when word.Is("PXAT"u8) => (1, false),
            _ => (0, false),
        };
        // The same one again replaces the first, as in Redis.
        if (kind.Unit == 0 || (_expiry is not null && kind != (_unit, _isRelative))) return false;
        (_unit, _isRelative) = kind;
        _expiry = c[++i];
        return true;
    }
}
