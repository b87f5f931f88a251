using Microsoft.Extensions.Options;
using ShopSession.Catalog.Administration;
using ShopSession.Catalog.Api;
using ShopSession.Catalog.Browsing;
using ShopSession.Catalog.Caching;
using ShopSession.Catalog.Pictures;
using ShopSession.Catalog.Products;
using ShopSession.Catalog.Search;
using ShopSession.Catalog.Stock;
using ShopSession.Data;
using ShopSession.Web;
using ShopSession.Web.Assets;

namespace ShopSession.Catalog;

/// <summary>Puts the catalog together. Tests build the same application and start several in one process.</summary>
internal static class CatalogApplication
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddShopDefaults("catalog");
        builder.AddShopDatabase<CatalogContext>("catalog", ProductSeed.RunAsync);
        services.AddSingleton(new ShopAssetSource(typeof(CatalogApplication).Assembly));
        services.AddSingleton(T);
        services.AddSingleton<ProductPictures>();
        services.AddSingleton<ISearchIndex>(provider =>
            provider.GetRequiredService<ShopDatabase<CatalogContext>>().Facts.Provider == DatabaseProvider.Sqlite ? new SqliteSearchIndex() : new PostgreSqlSearchIndex());
        services.AddOptions<CatalogCacheOptions>().BindConfiguration(CatalogCacheOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CatalogCacheOptions>, CatalogCacheOptionsValidator>();
        services.AddSingleton<CatalogCache>();
        services.AddScoped<ProductSearch>();
        services.AddSingleton<StockWriteGate>();
        services.AddScoped<StockHolds>();
        services.AddScoped<ProductEditor>();
        services.AddScoped<ProductFinder>();
        services.AddScoped<ProductRange>();
        services.AddOptions<HoldOptions>().BindConfiguration(HoldOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HoldOptions>, HoldOptionsValidator>();
        services.AddHostedService<ExpiredHolds>();

        var app = builder.Build();
        app.UseShopDefaults();
        app.MapShopDefaults();
        app.MapPictures();
        app.MapProductApi();
        app.MapProductAdministration();
        app.MapInternalProducts();
        app.MapStockHolds();
        app.MapSitemap();
        return app;
    }
}
