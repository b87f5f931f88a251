using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Catalog.Products;
using ShopSession.Catalog.Stock;

namespace ShopSession.Catalog.Tests.Stock;

public sealed class StockHoldTests(StoreFixture store)
{
    private const int Product = 1;

    [Fact]
    public async Task Of_200_who_want_the_last_10_pieces_10_get_one()
    {
        var folder = Directory.CreateTempSubdirectory("shop-stock-").FullName;
        await using (var one = await CatalogHost.StartAsync(store, folder))
        await using (var two = await CatalogHost.StartAsync(store, folder)) await RaceAsync(one, two);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Also_on_postgresql()
    {
        await using var postgres = await PostgresServerProcess.StartAsync(TestContext.Current.CancellationToken);
        var setting = ("ConnectionStrings:catalogdb", postgres.ConnectionString("catalog"));
        await using var one = await CatalogHost.StartAsync(store, settings: setting);
        await using var two = await CatalogHost.StartAsync(store, settings: setting);
        await RaceAsync(one, two);
        await SameOrderAtOnceAsync(one, two);
    }

    [Fact]
    public async Task A_hold_takes_from_what_can_be_sold_and_releasing_gives_back_once()
    {
        await using var host = await CatalogHost.StartAsync(store);
        var before = await host.StockAsync(Product);
        var order = Guid.NewGuid();
        (await HoldAsync(host, order, (Product, 3))).Expect(201);
        Assert.Equal(before - 3, await host.StockAsync(Product));
        for (var i = 0; i < 3; i++) (await host.SendAsync(HttpMethod.Delete, $"/internal/holds/{order}")).Expect(204);
        Assert.Equal(before, await host.StockAsync(Product));
        (await host.SendAsync(HttpMethod.Post, $"/internal/holds/{order}/confirm")).ExpectProblem(409, "hold-expired");
        (await host.SendAsync(HttpMethod.Delete, $"/internal/holds/{Guid.NewGuid()}")).Expect(204);
    }

    [Fact]
    public async Task Confirming_sells_once_and_returning_puts_back_once()
    {
        await using var host = await CatalogHost.StartAsync(store);
        var before = await host.StockAsync(Product);
        var order = Guid.NewGuid();
        (await HoldAsync(host, order, (Product, 3))).Expect(201);
        for (var i = 0; i < 3; i++) (await host.SendAsync(HttpMethod.Post, $"/internal/holds/{order}/confirm")).Expect(204);
        Assert.Equal(before - 3, await host.StockAsync(Product));
        (await host.SendAsync(HttpMethod.Delete, $"/internal/holds/{order}")).ExpectProblem(409, "hold-state");
        (await HoldAsync(host, order, (Product, 3))).Expect(201);
        Assert.Equal(before - 3, await host.StockAsync(Product));
        for (var i = 0; i < 2; i++) (await host.SendAsync(HttpMethod.Post, $"/internal/holds/{order}/return")).Expect(204);
        Assert.Equal(before, await host.StockAsync(Product));
        (await host.SendAsync(HttpMethod.Post, $"/internal/holds/{Guid.NewGuid()}/confirm")).ExpectProblem(404, "not-found");
    }

    [Fact]
    public async Task Holds_that_ended_are_forgotten_after_a_day_and_sold_ones_are_kept()
    {
        var clock = new TestClock();
        await using var host = await CatalogHost.StartAsync(store, configure: services => services.AddSingleton<TimeProvider>(clock));
        Guid sold = Guid.NewGuid(), released = Guid.NewGuid(), expired = Guid.NewGuid();
        foreach (var order in new[] { sold, released, expired }) (await HoldAsync(host, order, (Product, 1))).Expect(201);
        (await host.SendAsync(HttpMethod.Post, $"/internal/holds/{sold}/confirm")).Expect(204);
        (await host.SendAsync(HttpMethod.Delete, $"/internal/holds/{released}")).Expect(204);
        var left = await host.StockAsync(Product) + 1;

        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal([HoldState.Confirmed, HoldState.Released, HoldState.Expired], await SweepAsync());
        clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal([HoldState.Confirmed], await SweepAsync());
        Assert.Equal(left, await host.StockAsync(Product));

        // Still known, so that a cancelled order can put its piece back.
        (await host.SendAsync(HttpMethod.Post, $"/internal/holds/{sold}/return")).Expect(204);
        Assert.Equal(left + 1, await host.StockAsync(Product));
        clock.Advance(TimeSpan.FromDays(2));
        Assert.Empty(await SweepAsync());

        // The service's own sweep may come first; what is left is the same.
        async Task<HoldState[]> SweepAsync()
        {
            await using var scope = host.Services.CreateAsyncScope();
            var holds = scope.ServiceProvider.GetRequiredService<StockHolds>();
            await holds.ExpireAsync(TestContext.Current.CancellationToken);
            await holds.ForgetAsync(new HoldOptions(), TestContext.Current.CancellationToken);
            return [.. (await scope.ServiceProvider.GetRequiredService<CatalogContext>().Holds.Select(hold => hold.State).ToListAsync(TestContext.Current.CancellationToken)).Order()];
        }
    }

    [Fact]
    public async Task The_same_hold_again_is_the_same_hold_and_another_content_is_refused()
    {
        await using var host = await CatalogHost.StartAsync(store);
        var before = await host.StockAsync(Product);
        var order = Guid.NewGuid();
        var first = (await HoldAsync(host, order, (Product, 2))).Expect(201).Json;
        var again = (await HoldAsync(host, order, (Product, 1), (Product, 1))).Expect(201).Json;
        Assert.Equal((string)first["expiresAt"]!, (string)again["expiresAt"]!);
        (await HoldAsync(host, order, (Product, 3))).ExpectProblem(409, "hold-differs");
        Assert.Equal(before - 2, await host.StockAsync(Product));
        await SameOrderAtOnceAsync(host, host);
    }

    [Fact]
    public async Task Short_stock_holds_nothing_and_says_what_is_left()
    {
        await using var host = await CatalogHost.StartAsync(store);
        var (left, other) = (await host.StockAsync(Product), await host.StockAsync(2));
        var reply = (await HoldAsync(host, Guid.NewGuid(), (2, 1), (Product, left + 1), (999_999, 1))).ExpectProblem(409, "insufficient-stock");
        var shortages = reply.Json["shortages"]!.AsArray();
        Assert.Equal([(Product, left + 1, left), (999_999, 1, 0)], shortages.Select(line => ((int)line!["productId"]!, (int)line["requested"]!, (int)line["available"]!)));
        Assert.Equal(left, await host.StockAsync(Product));
        Assert.Equal(other, await host.StockAsync(2));
    }

    [Fact]
    public async Task After_its_time_a_hold_cannot_be_confirmed_and_its_pieces_come_back()
    {
        var clock = new TestClock();
        await using var host = await CatalogHost.StartAsync(store, configure: services => services.AddSingleton<TimeProvider>(clock));
        var before = await host.StockAsync(Product);
        var order = Guid.NewGuid();
        (await HoldAsync(host, order, (Product, before))).Expect(201);
        Assert.Equal(0, await host.StockAsync(Product));
        clock.Advance(TimeSpan.FromSeconds(61));
        (await host.SendAsync(HttpMethod.Post, $"/internal/holds/{order}/confirm")).ExpectProblem(409, "hold-expired");
        // Whoever comes next need not wait for the sweep.
        (await HoldAsync(host, Guid.NewGuid(), (Product, 1))).Expect(201);
        Assert.Equal(before - 1, await host.StockAsync(Product));
        clock.Advance(TimeSpan.FromSeconds(61));
        await using var scope = host.Services.CreateAsyncScope();
        // The service's own sweep, every five seconds, may come first.
        Assert.InRange(await scope.ServiceProvider.GetRequiredService<StockHolds>().ExpireAsync(TestContext.Current.CancellationToken), 0, 1);
        Assert.Equal(0, await scope.ServiceProvider.GetRequiredService<StockHolds>().ExpireAsync(TestContext.Current.CancellationToken));
        Assert.Equal(before, await host.StockAsync(Product));
    }

    [Fact]
    public async Task Bad_holds_are_refused_naming_the_field()
    {
        await using var host = await CatalogHost.StartAsync(store);
        var line = new[] { new { productId = 1, quantity = 1 } };
        (await PostAsync(new { orderId = Guid.Empty, lines = line, seconds = 60 })).ExpectProblem(400, "invalid-input", "orderId");
        (await PostAsync(new { orderId = "x", lines = line, seconds = 60 })).ExpectProblem(400, "invalid-input", "orderId");
        (await PostAsync(new { orderId = Guid.NewGuid(), lines = line, seconds = 0 })).ExpectProblem(400, "invalid-input", "seconds");
        (await PostAsync(new { orderId = Guid.NewGuid(), lines = Array.Empty<object>(), seconds = 60 })).ExpectProblem(400, "invalid-input", "lines");
        (await PostAsync(new { orderId = Guid.NewGuid(), seconds = 60 })).ExpectProblem(400, "invalid-input", "lines");
        (await PostAsync(new { orderId = Guid.NewGuid(), lines = new[] { new { productId = 1, quantity = -1 } }, seconds = 60 })).ExpectProblem(400, "invalid-input", "lines.quantity");
        (await PostAsync(new { orderId = Guid.NewGuid(), lines = new object?[] { null }, seconds = 60 })).ExpectProblem(400, "invalid-input", "lines.quantity");
        (await PostAsync(new { orderId = Guid.NewGuid(), lines = Enumerable.Repeat(new { productId = 1, quantity = int.MaxValue }, 3), seconds = 60 })).ExpectProblem(400, "invalid-input", "lines.quantity");

        Task<Reply> PostAsync(object body) => host.SendAsync(HttpMethod.Post, "/internal/holds", body);
    }

    private static async Task RaceAsync(CatalogHost one, CatalogHost two)
    {
        await using (var scope = one.Services.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<CatalogContext>();
            await database.Products.Where(product => product.Id == Product).ExecuteUpdateAsync(set => set.SetProperty(product => product.Stock, 10), TestContext.Current.CancellationToken);
        }

        var orders = Enumerable.Range(0, 200).Select(_ => Guid.NewGuid()).ToArray();
        var replies = await Task.WhenAll(orders.Select((order, i) => HoldAsync(i % 2 == 0 ? one : two, order, (Product, 1))));
        Assert.Equal(10, replies.Count(reply => reply.Status == 201));
        Assert.Equal(190, replies.Count(reply => reply.Status == 409));
        Assert.Equal(0, await one.StockAsync(Product));
        // Each confirmed twice at once, on both replicas: sold once.
        var won = orders.Where((_, i) => replies[i].Status == 201).ToArray();
        var confirmed = await Task.WhenAll(won.SelectMany(order => new[] { one, two }.Select(host => host.SendAsync(HttpMethod.Post, $"/internal/holds/{order}/confirm"))));
        Assert.All(confirmed, reply => reply.Expect(204));
        Assert.Equal(0, await two.StockAsync(Product));
        await using var check = two.Services.CreateAsyncScope();
        var shelf = await check.ServiceProvider.GetRequiredService<CatalogContext>().Products.Where(product => product.Id == Product).Select(product => new { product.Stock, product.Held }).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, 0), (shelf.Stock, shelf.Held));
    }

    private static async Task SameOrderAtOnceAsync(CatalogHost one, CatalogHost two)
    {
        const int other = 3;
        var before = await one.StockAsync(other);
        var order = Guid.NewGuid();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => HoldAsync(i % 2 == 0 ? one : two, order, (other, 1))));
        Assert.All(replies, reply => reply.Expect(201));
        Assert.Equal(before - 1, await two.StockAsync(other));
    }

    private static Task<Reply> HoldAsync(CatalogHost host, Guid order, params (int Product, int Quantity)[] lines) =>
        host.SendAsync(HttpMethod.Post, "/internal/holds", new { orderId = order, lines = lines.Select(line => new { productId = line.Product, quantity = line.Quantity }), seconds = 60 });
}
