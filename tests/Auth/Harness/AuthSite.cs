using ShopSession.Testing;

namespace ShopSession.Auth.Tests.Harness;

/// <summary>Auth as it runs in the shop: two replicas on one database and one redis-server. Shared by the tests of this assembly; each makes accounts of its own.</summary>
public sealed class AuthSite : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("shop-auth-").FullName;
    private readonly List<AuthReplica> _replicas = [];
    private RedisServerProcess? _redis;
    private string? _skip;

    internal IReadOnlyList<AuthReplica> Replicas => _replicas;

    internal RedisServerProcess Redis => _redis!;

    internal string DatabaseFile => Path.Combine(_data, "auth.db");

    public async ValueTask InitializeAsync()
    {
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

        // At once, as a deployment would.
        _replicas.AddRange(await Task.WhenAll(
            AuthReplica.StartAsync(_redis.ConnectionString, _data, 1, ("Shop__DemoAccount", "true")),
            AuthReplica.StartAsync(_redis.ConnectionString, _data, 2, ("Shop__DemoAccount", "true"))));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas) await replica.DisposeAsync();
        if (_redis is not null) await _redis.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    internal Browser NewBrowser()
    {
        if (_skip is not null) Assert.Skip(_skip);
        return new Browser(_replicas);
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
