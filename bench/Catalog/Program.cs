using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using ShopSession.Catalog;
using ShopSession.Catalog.Bench;
using ShopSession.Testing;

// [products] [requests]: milliseconds of each page, asked for one after the other, remembered and read anew. Needs a redis-server.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var products = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
var requests = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 60;
string[] pages =
[
    "/", "/products", "/products?page=200", "/products?category=light&sort=price", "/products?inStock=true&minRating=4.5&minPrice=20", "/products?search=lantern",
    "/products?search=lanten", "/products?search=wool&sort=price-desc", "/products/harbour-mug-sea", "/api/products?search=rope&pageSize=100",
];

await using var redis = await RedisServerProcess.StartAsync(cancellationToken: CancellationToken.None);
var folder = Directory.CreateTempSubdirectory("shop-bench-").FullName;
Console.WriteLine($"{products} products, {requests} requests of each page, milliseconds (median / 95th percentile)");
Console.WriteLine("| page | read anew | remembered |");
Console.WriteLine("|---|---|---|");
var anew = await MeasureAsync("00:00:00");
var remembered = await MeasureAsync("01:00:00");
foreach (var page in pages) Console.WriteLine($"| `{page}` | {anew[page]} | {remembered[page]} |");
Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
Directory.Delete(folder, recursive: true);

async Task<Dictionary<string, string>> MeasureAsync(string maxAge)
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "ShopSession.Catalog" });
    builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["ConnectionStrings:redis"] = redis.ConnectionString,
        ["Shop:DataDirectory"] = folder,
        ["Catalog:Cache:MaxAge"] = maxAge,
        ["urls"] = "http://127.0.0.1:0",
    });
    builder.Logging.ClearProviders();
    await using var app = CatalogApplication.Build(builder);
    await app.StartAsync();
    await ProductMaker.FillUpAsync(app.Services, products);
    using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    http.DefaultRequestHeaders.Host = "catalog.shop.localhost";
    http.DefaultRequestHeaders.Add("Accept", "text/html");
    var results = new Dictionary<string, string>();
    foreach (var page in pages)
    {
        var times = new List<double>();
        for (var i = -10; i < requests; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(new Uri(page, UriKind.Relative));
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{page}: {(int)answer.StatusCode}");
            await answer.Content.ReadAsByteArrayAsync();
            if (i >= 0) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        results[page] = $"{times[times.Count / 2]:0.0} / {times[times.Count * 19 / 20]:0.0}";
    }

    await app.StopAsync();
    return results;
}
