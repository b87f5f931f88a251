namespace ShopSession.Catalog.Tests.Administration;

/// <summary>A catalog of the test's own, and an administrator in it.</summary>
public abstract class AdministrationTest(StoreFixture store) : IAsyncLifetime
{
    private protected StoreFixture Store => store;

    private protected CatalogHost Host { get; private set; } = null!;

    private protected Browser Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await CatalogHost.StartAsync(store);
        Admin = new Browser(Host);
        await Admin.SignInAsync("root", "admin");
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
