namespace ShopSession.Cart.Addresses;

/// <summary>What became of an address that the shopper wants to keep.</summary>
internal enum SaveResult
{
    /// <summary>It is kept now, or was already.</summary>
    Saved,

    /// <summary>The account keeps as many as it may.</summary>
    Full,

    /// <summary>Auth did not answer, or not with what was expected.</summary>
    NoAnswer,
}
