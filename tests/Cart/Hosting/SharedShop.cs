namespace ShopSession.Cart.Tests.Hosting;

/// <summary>One shop for all tests of a class that leave catalog and store as they are; each test enters as a shopper of its own.</summary>
public sealed class SharedShop : IAsyncLifetime
{
    public Shop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}
