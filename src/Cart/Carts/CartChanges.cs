using System.Collections.Immutable;

namespace ShopSession.Cart.Carts;

/// <summary>
/// What can be done to a cart, as pure functions from one state to the next. <see cref="ICartStore"/> runs them under optimistic locking,
/// possibly several times, so a limit checked here holds under any number of parallel requests.
/// </summary>
internal static class CartChanges
{
    public static CartState Add(this CartState cart, ProductId product, int quantity, ProductMemo memo)
    {
        var line = cart.Lines.GetValueOrDefault(product);
        var current = line?.Quantity ?? 0;
        if (current + quantity > CartLimits.MaxQuantity) throw new LineQuantityLimitException(product, current, current + quantity);
        return cart.WithLine(product, current + quantity, memo);
    }

    public static CartState Set(this CartState cart, ProductId product, int quantity, ProductMemo memo) =>
        cart.Lines.TryGetValue(product, out var line) && line.Quantity == quantity && line.Memo is { } known && known.SameOffer(memo)
            ? cart
            : cart.WithLine(product, quantity, memo);

    public static CartState Step(this CartState cart, ProductId product, int by, ProductMemo memo)
    {
        var current = cart.Lines.GetValueOrDefault(product)?.Quantity ?? throw new CartLineMissingException(product);
        if (current + by > CartLimits.MaxQuantity) throw new LineQuantityLimitException(product, current, current + by);
        return current + by <= 0 ? cart with { Lines = cart.Lines.Remove(product) } : cart.WithLine(product, current + by, memo);
    }

    public static CartState Remove(this CartState cart, ProductId product) =>
        cart.Lines.ContainsKey(product) ? cart with { Lines = cart.Lines.Remove(product) } : throw new CartLineMissingException(product);

    public static CartState RemoveIfThere(this CartState cart, ProductId product) => cart with { Lines = cart.Lines.Remove(product) };

    public static CartState Clear(this CartState cart) => cart with { Lines = cart.Lines.Clear() };

    /// <summary>Refuses when the caller saw another version.</summary>
    public static CartState Expect(this CartState cart, long? version) =>
        version is { } expected && expected != cart.Version ? throw new CartVersionException(expected, cart) : cart;

    /// <summary>Refuses when the line has another quantity than the caller saw.</summary>
    public static CartState ExpectQuantity(this CartState cart, ProductId product, int seen) =>
        cart.Lines.GetValueOrDefault(product) is not { } line ? throw new CartLineMissingException(product)
        : line.Quantity != seen ? throw new LineChangedException(seen, line.Quantity)
        : cart;

    /// <summary>Puts a line aside.</summary>
    public static CartState Save(this CartState cart, ProductId product)
    {
        if (!cart.Lines.TryGetValue(product, out var line)) throw new CartLineMissingException(product);
        if (!cart.Saved.ContainsKey(product) && cart.Saved.Count >= CartLimits.MaxSaved) throw new LineCountLimitException(CartLimits.MaxSaved);
        var before = cart.Saved.GetValueOrDefault(product)?.Quantity ?? 0;
        var saved = line with { Quantity = Math.Min(CartLimits.MaxQuantity, before + line.Quantity) };
        return cart with { Lines = cart.Lines.Remove(product), Saved = cart.Saved.SetItem(product, saved) };
    }

    /// <summary>Takes a line that was put aside back into the cart, at what it costs now.</summary>
    public static CartState Restore(this CartState cart, ProductId product, ProductMemo memo)
    {
        if (!cart.Saved.TryGetValue(product, out var saved)) throw new CartLineMissingException(product);
        var current = cart.Lines.GetValueOrDefault(product)?.Quantity ?? 0;
        var quantity = Math.Min(CartLimits.MaxQuantity, current + saved.Quantity);
        return cart.WithLine(product, quantity, memo) with { Saved = cart.Saved.Remove(product) };
    }

    public static CartState Forget(this CartState cart, ProductId product) =>
        cart.Saved.ContainsKey(product) ? cart with { Saved = cart.Saved.Remove(product) } : throw new CartLineMissingException(product);

    /// <summary>Takes out exactly what was ordered, once for each order: pieces added meanwhile stay.</summary>
    public static CartState Settle(this CartState cart, Guid order, IReadOnlyDictionary<ProductId, int> ordered, DateTimeOffset now)
    {
        if (cart.SettledOrders.ContainsKey(order)) return cart;
        var settled = cart.SettledOrders;
        if (settled.Count >= CartLimits.MaxSettledOrders) settled = settled.Remove(settled.MinBy(entry => entry.Value).Key);
        return cart.Subtract(ordered) with { SettledOrders = settled.Add(order, now) };
    }

    internal static CartState Subtract(this CartState cart, IEnumerable<KeyValuePair<ProductId, int>> quantities)
    {
        var lines = cart.Lines.ToBuilder();
        foreach (var (product, quantity) in quantities)
        {
            if (!lines.TryGetValue(product, out var line)) continue;
            if (line.Quantity > quantity) lines[product] = line with { Quantity = line.Quantity - quantity };
            else lines.Remove(product);
        }
        return cart with { Lines = lines.ToImmutable() };
    }

    private static CartState WithLine(this CartState cart, ProductId product, int quantity, ProductMemo memo)
    {
        var line = cart.Lines.GetValueOrDefault(product);
        if (line is null && cart.Lines.Count >= CartLimits.MaxLines) throw new LineCountLimitException(CartLimits.MaxLines);
        if (line?.Memo is { } known) memo = memo with { AddedAt = known.AddedAt };
        return cart with { Lines = cart.Lines.SetItem(product, new CartLine(product, quantity, memo)) };
    }

    private static bool SameOffer(this ProductMemo memo, ProductMemo other) => memo with { AddedAt = other.AddedAt } == other;
}
