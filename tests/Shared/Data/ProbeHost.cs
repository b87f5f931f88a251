using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ShopSession.Data.Probe;

namespace ShopSession.Data.Tests;

/// <summary>The probe's database inside the test's own process.</summary>
internal sealed class ProbeHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    public ProbeHost(string key, string value, Func<ProbeContext, IServiceProvider, CancellationToken, Task>? seed = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new(key, value)]);
        builder.AddShopDatabase("probe", seed);
        _app = builder.Build();
    }

    public IServiceProvider Services => _app.Services;

    public static ProbeHost InFolder(string path, Func<ProbeContext, IServiceProvider, CancellationToken, Task>? seed = null) => new("Shop:DataDirectory", path, seed);

    public Task InitializeAsync() => Services.InitializeShopDatabaseAsync<ProbeContext>(TestContext.Current.CancellationToken);

    public ProbeContext NewContext() => Services.GetRequiredService<IDbContextFactory<ProbeContext>>().CreateDbContext();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
