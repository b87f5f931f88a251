using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ShopSession.Redis.Tests.Caching;

public sealed class SessionMiddlewareTests : RedisTest
{
    [Fact]
    public async Task The_framework_s_session_lives_in_the_cache_and_is_shared_by_two_hosts()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        using var browser = new HttpClient();
        var answers = new List<string>();
        for (var i = 0; i < 4; i++) answers.Add(await browser.GetStringAsync(new Uri((i % 2 == 0 ? first : second).Urls.Single()), Stop));
        Assert.Equal(["1", "2", "3", "4"], answers);
    }

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IRedisClient>(Client());
        builder.Services.AddRedisDistributedCache();
        builder.Services.AddDataProtection().PersistKeysToRedis();
        builder.Services.AddSession();
        var app = builder.Build();
        app.UseSession();
        app.MapGet("/", async (HttpContext context) =>
        {
            var count = (context.Session.GetInt32("count") ?? 0) + 1;
            context.Session.SetInt32("count", count);
            // The framework stores it after the answer has left, and the other host may be asked before that.
            await context.Session.CommitAsync(context.RequestAborted);
            return count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        });
        await app.StartAsync(Stop);
        return app;
    }
}
