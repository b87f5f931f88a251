namespace ShopSession.Catalog.Tests.Hosting;

/// <summary>One catalog for the tests of a class that only read.</summary>
public sealed class CatalogFixture(StoreFixture store) : IAsyncLifetime
{
    private CatalogHost? _host;

    public CatalogHost Host => _host ?? throw new InvalidOperationException("The catalog has not started.");

    public async ValueTask InitializeAsync() => _host = await CatalogHost.StartAsync(store);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
    }
}
