namespace ShopSession.Cart.Carts;

/// <summary>How much a cart holds and how long it is kept.</summary>
internal static class CartLimits
{
    public const int MaxQuantity = 99;
    public const int MaxLines = 50;
    public const int MaxSaved = 50;

    /// <summary>Merges remembered at once; beyond it the oldest is forgotten.</summary>
    public const int MaxMerges = 64;

    /// <summary>Orders whose lines were taken out and that are still remembered, so that a repeated take-out does nothing.</summary>
    public const int MaxSettledOrders = 16;

    /// <summary>Recent changes remembered by their operation's id.</summary>
    public const int MaxOperations = 32;

    public static readonly TimeSpan GuestLifetime = TimeSpan.FromDays(30);
    public static readonly TimeSpan UserLifetime = TimeSpan.FromDays(90);

    /// <summary>How long a guest cart that moved into an account stays as a tombstone that refuses changes.</summary>
    public static readonly TimeSpan TombstoneLifetime = TimeSpan.FromDays(1);

    /// <summary>Longer than any guest cart lives.</summary>
    public static readonly TimeSpan MergeRecordLifetime = GuestLifetime + TimeSpan.FromDays(1);

    /// <summary>After this a session that still names a moved guest cart is given a new one.</summary>
    public static readonly TimeSpan MoveSettles = TimeSpan.FromMinutes(1);

    public static TimeSpan Lifetime(CartId cart, CartState state) => state switch
    {
        { Moved: not null, Lines.IsEmpty: true, Saved.IsEmpty: true } => TombstoneLifetime,
        _ => cart.IsGuest ? GuestLifetime : UserLifetime,
    };
}
