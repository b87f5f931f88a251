namespace ShopSession.Cart.Limits;

/// <summary>What is counted together.</summary>
internal enum LimitedRequest
{
    /// <summary>Changes of a cart.</summary>
    CartChange,

    /// <summary>Placing and cancelling orders.</summary>
    Order,

    /// <summary>Looking for a guest's order by number and e-mail address: every one is a guess.</summary>
    OrderLookup,
}

/// <summary>Counts the requests of an endpoint or a page. GET and HEAD are free.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LimitedAttribute(LimitedRequest kind) : Attribute
{
    public LimitedRequest Kind { get; } = kind;
}
