using Microsoft.Extensions.DependencyInjection;
using ShopSession.Cart.Carts;
using ShopSession.Cart.Tests.Hosting;
using ShopSession.Sessions;

namespace ShopSession.Cart.Tests.Carts;

public sealed class CartMergeTests : IAsyncLifetime
{
    private static readonly ProductMemo Memo = new("Lantern", "lantern", null, 1999, 1);
    private readonly CartId _guest = CartId.NewGuest();
    private readonly CartId _account = CartId.ForUser(new UserId("ada"));
    private Shop _shop = null!;

    private ICartStore Store => _shop.Hosts[0].Services.GetRequiredService<ICartStore>();

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(replicas: 2);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Many_merges_at_once_on_two_replicas_add_exactly_once()
    {
        await AddAsync(_guest, 1, 3);
        await AddAsync(_guest, 2, 1);
        await AddAsync(_account, 1, 2);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => MergeAsync(i))));
        var cart = await ReadAsync(_account);
        Assert.Equal(5, cart.Lines[new ProductId(1)].Quantity);
        Assert.Equal(1, cart.Lines[new ProductId(2)].Quantity);
        var merge = Assert.Single(cart.Merges.Values);
        Assert.Equal(4, merge.Count);
        Assert.True(merge.Shown);
        Assert.Empty((await ReadAsync(_guest)).Lines);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_crash_after_any_step_loses_and_doubles_nothing(int survived)
    {
        await AddAsync(_guest, 1, 3);
        var crashing = new CrashingStore(Store, survived);
        var merger = new CartMerger(crashing, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<CartMerger>.Instance);
        await Assert.ThrowsAsync<CrashException>(() => merger.MergeAsync(_guest, _account, TestContext.Current.CancellationToken));
        await MergeAsync(0);
        await MergeAsync(1);
        Assert.Equal(3, (await ReadAsync(_account)).Count);
    }

    [Fact]
    public async Task An_addition_that_arrives_after_the_merge_is_refused_and_not_lost_in_a_dead_cart()
    {
        await MergeAsync(0); // also when there was no guest cart yet
        var late = await ReadAsync(_guest);
        Assert.NotNull(late.Moved);
        Assert.Equal(_account, late.Moved.Target);
        Assert.InRange(double.Parse(await _shop.Redis.SendAsync("TTL", _guest.Key.Value), System.Globalization.CultureInfo.InvariantCulture), 1, 86_400);
    }

    [Fact]
    public async Task A_guest_cart_goes_to_one_account_only()
    {
        await AddAsync(_guest, 1, 3);
        await MergeAsync(0);
        var other = CartId.ForUser(new UserId("eve"));
        await Merger(1).MergeAsync(_guest, other, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await ReadAsync(other)).Count);
    }

    [Fact]
    public async Task What_the_limits_cut_off_is_told()
    {
        await AddAsync(_guest, 1, 60);
        await AddAsync(_account, 1, 60);
        await MergeAsync(0);
        var cart = await ReadAsync(_account);
        Assert.Equal(99, cart.Count);
        Assert.Equal((39, 21), (cart.Merges.Values.Single().Count, cart.Merges.Values.Single().Left));
    }

    [Fact]
    public async Task Undo_takes_out_what_came_and_only_once()
    {
        await AddAsync(_guest, 1, 3);
        await AddAsync(_guest, 2, 2);
        await AddAsync(_account, 1, 2);
        await MergeAsync(0);
        var name = CartMerger.MergeName(_guest);
        var cart = await Store.ChangeAsync(_account, CartOperation.New(), state => state.UndoMerge(name), TestContext.Current.CancellationToken);
        Assert.Equal(2, cart.Count);
        await Assert.ThrowsAsync<CartMergeMissingException>(() =>
            Store.ChangeAsync(_account, CartOperation.New(), state => state.UndoMerge(name), TestContext.Current.CancellationToken));
        await MergeAsync(1);
        Assert.Equal(2, (await ReadAsync(_account)).Count);
    }

    private CartMerger Merger(int replica) => _shop.Hosts[replica % 2].Services.GetRequiredService<CartMerger>();

    private Task MergeAsync(int replica) => Merger(replica).MergeAsync(_guest, _account, TestContext.Current.CancellationToken);

    private Task<CartState> ReadAsync(CartId cart) => Store.ReadAsync(cart, TestContext.Current.CancellationToken);

    private Task<CartState> AddAsync(CartId cart, int product, int quantity) =>
        Store.ChangeAsync(cart, CartOperation.New(), state => state.Add(new ProductId(product), quantity, Memo), TestContext.Current.CancellationToken);

    private sealed class CrashException : Exception;

    /// <summary>Lets so many changes through to the store, then the process "dies" before its next step.</summary>
    private sealed class CrashingStore(ICartStore store, int survived) : ICartStore
    {
        private int _done;

        public Task<CartState> ReadAsync(CartId cart, CancellationToken cancellationToken) => store.ReadAsync(cart, cancellationToken);

        public Task<CartCount> CountAsync(CartId cart, CancellationToken cancellationToken) => store.CountAsync(cart, cancellationToken);

        public Task DeleteAsync(CartId cart, CancellationToken cancellationToken) => store.DeleteAsync(cart, cancellationToken);

        public async Task<CartState> ChangeAsync(CartId cart, CartOperation operation, Func<CartState, CartState> change, CancellationToken cancellationToken)
        {
            var state = await store.ChangeAsync(cart, operation, change, cancellationToken);
            return ++_done >= survived ? throw new CrashException() : state;
        }
    }
}
