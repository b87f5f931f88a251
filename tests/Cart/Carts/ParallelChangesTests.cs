using Microsoft.Extensions.DependencyInjection;
using ShopSession.Cart.Carts;
using ShopSession.Cart.Tests.Hosting;

namespace ShopSession.Cart.Tests.Carts;

/// <summary>Two replicas, each with connections of its own, change the same cart at the same time.</summary>
public sealed class ParallelChangesTests : IAsyncLifetime
{
    private static readonly ProductMemo Memo = new("Lantern", "lantern", null, 1999, 1);
    private readonly CartId _cart = CartId.NewGuest();
    private Shop _shop = null!;
    private ICartStore[] _stores = [];

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenAsync(replicas: 2);
        _stores = [.. _shop.Hosts.Select(host => host.Services.GetRequiredService<ICartStore>())];
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Two_hundred_parallel_additions_all_count()
    {
        await AllAsync(200, i => cart => cart.Add(new ProductId(1 + i % 4), 1, Memo));
        var cart = await _stores[0].ReadAsync(_cart, TestContext.Current.CancellationToken);
        Assert.All(cart.Lines.Values, line => Assert.Equal(50, line.Quantity));
        Assert.Equal(200, cart.Count);
        Assert.Equal("200", await _shop.Redis.SendAsync("HGET", _cart.Key.Value, "n"));
        await AssertVersionIsFromNowAsync();
    }

    [Fact]
    public async Task A_line_never_holds_more_than_99_pieces()
    {
        var refused = await AllAsync(150, _ => cart => cart.Add(new ProductId(1), 1, Memo));
        Assert.Equal(51, refused.OfType<LineQuantityLimitException>().Count());
        Assert.Equal(99, (await _stores[1].ReadAsync(_cart, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task A_cart_never_has_more_than_50_lines()
    {
        var refused = await AllAsync(80, i => cart => cart.Add(new ProductId(i + 1), 1, Memo));
        Assert.Equal(30, refused.OfType<LineCountLimitException>().Count());
        Assert.Equal(50, (await _stores[1].ReadAsync(_cart, TestContext.Current.CancellationToken)).Lines.Count);
    }

    [Fact]
    public async Task Of_many_changes_made_on_the_same_view_one_wins()
    {
        var seen = (await ChangeAsync(0, cart => cart.Add(new ProductId(1), 1, Memo))).Version;
        var refused = await AllAsync(40, i => cart => cart.Expect(seen).Set(new ProductId(1), i + 2, Memo));
        Assert.Equal(39, refused.OfType<CartVersionException>().Count());
    }

    [Fact]
    public async Task The_pieces_of_an_order_are_taken_out_once_and_only_they()
    {
        await ChangeAsync(0, cart => cart.Add(new ProductId(1), 5, Memo));
        var order = Guid.NewGuid();
        var ordered = new Dictionary<ProductId, int> { [new ProductId(1)] = 2, [new ProductId(9)] = 1 };
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() =>
            _stores[i % 2].SettleAsync(_cart, order, ordered, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken))));
        Assert.Equal(3, (await _stores[0].ReadAsync(_cart, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task Random_additions_and_removals_leave_what_was_acknowledged()
    {
        // Each caller owns one product, so what it was told last is what must be there in the end, whatever the others did.
        var expected = await Task.WhenAll(Enumerable.Range(1, 8).Select(async product =>
        {
            var random = new Random(product);
            var quantity = 0;
            for (var i = 0; i < 25; i++)
            {
                var state = quantity > 0 && random.Next(4) == 0
                    ? await ChangeAsync(i, cart => cart.Remove(new ProductId(product)))
                    : await ChangeAsync(i, cart => cart.Add(new ProductId(product), 1, Memo));
                quantity = state.Lines.GetValueOrDefault(new ProductId(product))?.Quantity ?? 0;
            }
            return quantity;
        }));
        var final = await _stores[0].ReadAsync(_cart, TestContext.Current.CancellationToken);
        Assert.Equal(expected, Enumerable.Range(1, 8).Select(product => final.Lines.GetValueOrDefault(new ProductId(product))?.Quantity ?? 0));
        Assert.Equal(expected.Sum().ToString(System.Globalization.CultureInfo.InvariantCulture), await _shop.Redis.SendAsync("HGET", _cart.Key.Value, "n"));
    }

    [Fact]
    public async Task A_guest_cart_is_kept_for_30_days_and_an_account_s_for_90_from_the_last_use()
    {
        var user = CartId.ForUser(new Sessions.UserId("someone"));
        foreach (var (cart, days) in ((CartId, int)[])[(_cart, 30), (user, 90)])
        {
            await _stores[0].ChangeAsync(cart, CartOperation.New(), state => state.Add(new ProductId(1), 1, Memo), TestContext.Current.CancellationToken);
            Assert.InRange(await DaysAsync(cart), days - 0.01, days);
            await _shop.Redis.SendAsync("EXPIRE", cart.Key.Value, "1000");
            await _stores[0].ReadAsync(cart, TestContext.Current.CancellationToken);
            Assert.InRange(await DaysAsync(cart), days - 0.01, days);
        }

        async Task<double> DaysAsync(CartId cart) =>
            double.Parse(await _shop.Redis.SendAsync("TTL", cart.Key.Value), System.Globalization.CultureInfo.InvariantCulture) / 86400;
    }

    [Fact]
    public async Task Fields_that_a_newer_release_wrote_survive_and_unreadable_ones_take_only_themselves_down()
    {
        await ChangeAsync(0, cart => cart.Add(new ProductId(1), 2, Memo));
        await _shop.Redis.SendAsync("HSET", _cart.Key.Value, "gift:1", "yes", "q:77", "many", "i:1", "{broken", "q:x", "1");
        var cart = await ChangeAsync(1, state => state.Add(new ProductId(2), 1, Memo));
        Assert.Equal([1, 2], cart.Lines.Keys.Select(id => id.Value));
        Assert.Null(cart.Lines[new ProductId(1)].Memo);
        Assert.Equal("yes", await _shop.Redis.SendAsync("HGET", _cart.Key.Value, "gift:1"));
    }

    private async Task AssertVersionIsFromNowAsync()
    {
        // The version starts at the time of creation, so that a cart made anew never repeats one.
        var version = long.Parse(await _shop.Redis.SendAsync("HGET", _cart.Key.Value, "v"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - version, -1000, 60_000);
    }

    private Task<CartState> ChangeAsync(int replica, Func<CartState, CartState> change) =>
        _stores[replica % 2].ChangeAsync(_cart, CartOperation.New(), change, TestContext.Current.CancellationToken);

    private async Task<List<Exception>> AllAsync(int count, Func<int, Func<CartState, CartState>> change)
    {
        var refused = new System.Collections.Concurrent.ConcurrentBag<Exception>();
        await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            try
            {
                await Task.Run(() => ChangeAsync(i, change(i)));
            }
            catch (CartException exception)
            {
                refused.Add(exception);
            }
        }));
        return [.. refused];
    }
}
