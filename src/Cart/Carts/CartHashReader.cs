using System.Collections.Immutable;
using ShopSession.Redis;

namespace ShopSession.Cart.Carts;

/// <summary>Gathers the fields of a cart's hash; they come in no order. A field of a shape it should not have is counted, never trusted.</summary>
internal sealed class CartHashReader
{
    private readonly Dictionary<ProductId, int> _quantities = [];
    private readonly Dictionary<ProductId, int> _saved = [];
    private readonly Dictionary<ProductId, ProductMemo> _memos = [];
    private readonly Dictionary<ProductId, ProductMemo> _savedMemos = [];
    private readonly ImmutableDictionary<string, CartMerge>.Builder _merges = ImmutableDictionary.CreateBuilder<string, CartMerge>();
    private readonly ImmutableDictionary<Guid, DateTimeOffset>.Builder _orders = ImmutableDictionary.CreateBuilder<Guid, DateTimeOffset>();
    private ImmutableArray<string> _operations = [];
    private CartMove? _moved;
    private long _version;
    private int _unreadable;

    public void Add(string field, RedisReply value)
    {
        var known = field switch
        {
            CartHash.Version => long.TryParse(value.AsString(), out _version),
            CartHash.Moved => (_moved = CartHash.ReadMove(value.AsString())) is not null,
            "r" => ReadOperations(value.AsString()!),
            ['q', ':', .. var product] => ReadQuantity(_quantities, product, value),
            ['s', ':', .. var product] => ReadQuantity(_saved, product, value),
            ['i', ':', .. var product] => ReadMemo(_memos, product, value),
            ['j', ':', .. var product] => ReadMemo(_savedMemos, product, value),
            ['m', ':', .. var merge] => ReadMerge(merge, value),
            ['o', ':', .. var order] => ReadOrder(order, value),
            _ => true,
        };
        if (!known) _unreadable++;
    }

    public CartState ToState(out int unreadable)
    {
        unreadable = _unreadable;
        return new CartState
        {
            Version = _version,
            Lines = Lines(_quantities, _memos),
            Saved = Lines(_saved, _savedMemos),
            Merges = _merges.ToImmutable(),
            SettledOrders = _orders.ToImmutable(),
            Moved = _moved,
            Operations = _operations,
        };
    }

    private static ImmutableSortedDictionary<ProductId, CartLine> Lines(Dictionary<ProductId, int> quantities, Dictionary<ProductId, ProductMemo> memos) =>
        quantities.ToImmutableSortedDictionary(entry => entry.Key, entry => new CartLine(entry.Key, entry.Value, memos.GetValueOrDefault(entry.Key)));

    private static bool ReadQuantity(Dictionary<ProductId, int> quantities, string product, RedisReply value)
    {
        if (!ProductId.TryParse(product, out var id) || !int.TryParse(value.AsString(), out var quantity) || quantity < 1) return false;
        quantities[id] = quantity;
        return true;
    }

    private static bool ReadMemo(Dictionary<ProductId, ProductMemo> memos, string product, RedisReply value)
    {
        if (!ProductId.TryParse(product, out var id) || CartJson.ReadMemo(value.AsBytes().Span) is not { } memo) return false;
        memos[id] = memo;
        return true;
    }

    private bool ReadMerge(string merge, RedisReply value)
    {
        // The record's presence is what keeps a merge from happening twice: an unreadable one still counts, it only shows nothing.
        var record = CartJson.ReadMerge(value.AsBytes().Span);
        _merges[merge] = record ?? new CartMerge(DateTimeOffset.MaxValue, false, ImmutableSortedDictionary<ProductId, int>.Empty, 0);
        return record is not null;
    }

    private bool ReadOrder(string order, RedisReply value)
    {
        if (!Guid.TryParse(order, out var id) || !CartHash.TryTime(value.AsString(), out var at)) return false;
        _orders[id] = at;
        return true;
    }

    private bool ReadOperations(string text)
    {
        _operations = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        return true;
    }
}
