using ShopSession.Data;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests.Harness;

/// <summary>Auth as it runs in the shop: two replicas on one database and one redis-server. Shared by the tests of this assembly; each makes accounts of its own.</summary>
public sealed class AuthSite : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("shop-auth-").FullName;
    private readonly List<AuthReplica> _replicas = [];
    private RedisServerProcess? _redis;
    private FakeCart? _cart;
    private string? _skip;

    internal IReadOnlyList<AuthReplica> Replicas => _replicas;

    internal RedisServerProcess Redis => _redis!;

    internal FakeCart Cart => _cart!;

    internal string DatabaseFile => Path.Combine(_data, "auth.db");

    public async ValueTask InitializeAsync()
    {
        // Tests look into the replicas' database from this process, which has not opened one through the shop's own code.
        SqliteVersionBridge.Install();
        try
        {
            _redis = await RedisServerProcess.StartAsync();
        }
        catch (Exception error) when (error.GetType().Name == "SkipException" || error.Message.StartsWith("$XunitDynamicSkip$", StringComparison.Ordinal))
        {
            // A fixture cannot skip; its tests do.
            _skip = error.Message.Replace("$XunitDynamicSkip$", "", StringComparison.Ordinal);
            return;
        }

        _cart = await FakeCart.StartAsync();
        // At once, as a deployment would.
        _replicas.AddRange(await Task.WhenAll(
            AuthReplica.StartAsync(_redis.ConnectionString, _data, 1, ("Shop__DemoAccount", "true"), ("services__cart__http__0", _cart.Address)),
            AuthReplica.StartAsync(_redis.ConnectionString, _data, 2, ("Shop__DemoAccount", "true"), ("services__cart__http__0", _cart.Address))));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas) await replica.DisposeAsync();
        if (_cart is not null) await _cart.DisposeAsync();
        if (_redis is not null) await _redis.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    internal Browser NewBrowser()
    {
        if (_skip is not null) Assert.Skip(_skip);
        return new Browser(_replicas);
    }

    /// <summary>A browser that is signed in as the administrator of the demo data.</summary>
    internal async Task<Browser> AdministratorAsync()
    {
        var browser = NewBrowser();
        await browser.SignInAsync(Person.Administrator);
        return browser;
    }

    internal async Task<(Browser Browser, Person Person)> SignedInAsync(bool rememberMe = false)
    {
        var browser = NewBrowser();
        var person = await Person.RegisterAsync(browser);
        await browser.SignInAsync(person, rememberMe);
        return (browser, person);
    }
}

[CollectionDefinition(Name)]
public sealed class AuthCollection : ICollectionFixture<AuthSite>
{
    public const string Name = "auth";
}
