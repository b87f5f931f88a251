using System.Collections.Immutable;

namespace ShopSession.Cart.Carts;

/// <summary>The merge of a guest cart into an account's, as pure functions. <see cref="CartMerger"/> puts them in order.</summary>
internal static class CartMerging
{
    /// <summary>
    /// Marks a guest cart as moved, also one that does not exist: an addition still on its way must not make it anew where nobody looks.
    /// The first account wins; a repeat changes nothing.
    /// </summary>
    public static CartState Freeze(this CartState guest, CartId target, DateTimeOffset now) =>
        guest.Moved is null ? guest with { Moved = new CartMove(target, now) } : guest;

    /// <summary>Empties a moved guest cart, once its lines are in the account's cart.</summary>
    public static CartState Drain(this CartState guest) => guest with { Lines = guest.Lines.Clear(), Saved = guest.Saved.Clear() };

    /// <summary>
    /// Adds the guest's quantities as far as the limits allow, and remembers under <paramref name="merge"/> that and what: a repeat,
    /// however late, changes nothing.
    /// </summary>
    public static CartState Absorb(this CartState cart, string merge, CartState guest, DateTimeOffset now)
    {
        if (cart.Merges.ContainsKey(merge)) return cart;
        var lines = cart.Lines.ToBuilder();
        var added = ImmutableSortedDictionary.CreateBuilder<ProductId, int>();
        var left = 0;
        foreach (var line in guest.LinesByAge)
        {
            var mine = lines.GetValueOrDefault(line.Product);
            var room = mine is null && lines.Count >= CartLimits.MaxLines ? 0 : CartLimits.MaxQuantity - (mine?.Quantity ?? 0);
            var quantity = Math.Min(room, line.Quantity);
            left += line.Quantity - quantity;
            if (quantity <= 0) continue;
            lines[line.Product] = mine is null
                ? line with { Quantity = quantity }
                : mine with { Quantity = mine.Quantity + quantity, Memo = mine.Memo ?? line.Memo };
            added.Add(line.Product, quantity);
        }
        var record = new CartMerge(now, added.Count > 0 || left > 0, added.ToImmutable(), left);
        return cart with
        {
            Lines = lines.ToImmutable(),
            Saved = Saved(cart, guest),
            Merges = Room(cart.Merges, now).Add(merge, record),
            // An order of the guest's that was settled already must not be settled again here.
            SettledOrders = cart.SettledOrders.SetItems(guest.SettledOrders),
        };
    }

    /// <summary>Takes out again what the merge brought.</summary>
    public static CartState UndoMerge(this CartState cart, string merge)
    {
        var record = Shown(cart, merge);
        return cart.Subtract(record.Added) with { Merges = cart.Merges.SetItem(merge, record with { Shown = false }) };
    }

    /// <summary>Keeps what the merge brought and shows it no more.</summary>
    public static CartState KeepMerge(this CartState cart, string merge) =>
        cart with { Merges = cart.Merges.SetItem(merge, Shown(cart, merge) with { Shown = false }) };

    private static CartMerge Shown(CartState cart, string merge) =>
        cart.Merges.TryGetValue(merge, out var record) && record.Shown ? record : throw new CartMergeMissingException();

    private static ImmutableSortedDictionary<ProductId, CartLine> Saved(CartState cart, CartState guest)
    {
        var saved = cart.Saved.ToBuilder();
        foreach (var line in guest.Saved.Values)
        {
            if (saved.Count < CartLimits.MaxSaved) saved.TryAdd(line.Product, line);
        }
        return saved.ToImmutable();
    }

    // The record is what keeps a merge from happening twice, so it outlives every copy of the guest cart.
    private static ImmutableDictionary<string, CartMerge> Room(ImmutableDictionary<string, CartMerge> merges, DateTimeOffset now)
    {
        var kept = merges.RemoveRange(merges.Where(entry => now - entry.Value.At > CartLimits.MergeRecordLifetime).Select(entry => entry.Key));
        return kept.Count < CartLimits.MaxMerges ? kept : kept.Remove(kept.MinBy(entry => entry.Value.At).Key);
    }
}
