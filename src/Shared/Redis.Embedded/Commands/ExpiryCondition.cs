using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Commands;

/// <summary>When EXPIRE and its relatives may set the expiry: NX, XX, GT, LT.</summary>
internal sealed class ExpiryCondition
{
    private bool _ifNone;
    private bool _ifAny;
    private bool _ifLater;
    private bool _ifEarlier;

    public static ExpiryCondition Parse(CommandContext c, int from)
    {
        var condition = new ExpiryCondition();
        for (var i = from; i < c.Count; i++)
        {
            if (c.Is(i, "NX"u8)) condition._ifNone = true;
            else if (c.Is(i, "XX"u8)) condition._ifAny = true;
            else if (c.Is(i, "GT"u8)) condition._ifLater = true;
            else if (c.Is(i, "LT"u8)) condition._ifEarlier = true;
            else throw new CommandException($"ERR Unsupported option {ByteText.Text(c[i])}");
        }

        if (condition._ifNone && (condition._ifAny || condition._ifLater || condition._ifEarlier))
            throw new CommandException("ERR NX and XX, GT or LT options at the same time are not compatible");
        if (condition._ifLater && condition._ifEarlier)
            throw new CommandException("ERR GT and LT options at the same time are not compatible");
        return condition;
    }

    /// <summary>No expiry counts as infinitely late: nothing is later, everything is earlier.</summary>
    public bool Allows(long current, long wanted)
    {
        if (_ifNone && current != KeyEntry.Never) return false;
        if (_ifAny && current == KeyEntry.Never) return false;
        if (_ifLater && (current == KeyEntry.Never || wanted <= current)) return false;
        return !_ifEarlier || current == KeyEntry.Never || wanted < current;
    }
}
