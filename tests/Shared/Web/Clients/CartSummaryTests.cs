using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ShopSession.Web.CartSummary;

namespace ShopSession.Web.Tests.Clients;

public sealed class CartSummaryTests(StoreFixture store)
{
    [Fact]
    public async Task The_cart_is_asked_with_the_visitors_cookie()
    {
        await using var cart = await CartAsync(context => context.Response.WriteAsJsonAsync(new { count = context.Request.Headers.Cookie == "a=b" ? 7 : 0 }));
        await using var service = await ProbeService.StartAsync(store, settings: [("services:cart:http:0", cart.Urls.Single())]);
        // A busy machine may need longer for the first question than a page waits; then there is no number, and the next page asks again.
        int? count = null;
        await Poll.UntilAsync(async () => (count = await CountAsync(service)) is not null, TimeSpan.FromSeconds(30), "the cart answers in time", TestContext.Current.CancellationToken);
        Assert.Equal(7, count);
    }

    [Fact]
    public async Task A_cart_that_hangs_costs_half_a_second_and_no_error()
    {
        await using var cart = await CartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        await using var service = await ProbeService.StartAsync(store, settings: [("services:cart:http:0", cart.Urls.Single())]);
        var started = Stopwatch.GetTimestamp();
        Assert.Null(await CountAsync(service));
        // Far below the client's own limits; how near to 500 ms is not this test's business on a loaded machine.
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_cart_that_fails_or_is_gone_shows_no_number()
    {
        await using var cart = await CartAsync(context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        Assert.Null(await CountAsync(cart.Urls.Single()));
        Assert.Null(await CountAsync($"http://127.0.0.1:{FreePort.Next()}"));
    }

    private async Task<int?> CountAsync(string cart)
    {
        await using var service = await ProbeService.StartAsync(store, settings: [("services:cart:http:0", cart)]);
        return await CountAsync(service);
    }

    private static async Task<int?> CountAsync(ProbeService service)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = "a=b";
        return await service.Services.GetRequiredService<ICartSummary>().ReadAsync(context, TestContext.Current.CancellationToken) is { } glance ? glance.Count : null;
    }

    private static async Task<WebApplication> CartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/internal/cart/summary", answer);
        await app.StartAsync();
        return app;
    }
}
