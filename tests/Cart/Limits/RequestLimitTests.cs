using System.Globalization;
using ShopSession.Cart.Tests.Checkout;
using ShopSession.Cart.Tests.Hosting;

namespace ShopSession.Cart.Tests.Limits;

/// <summary>How often a visitor may ask, counted over two replicas. The window is long, so that its turn does not fall into a test.</summary>
public sealed class RequestLimitTests
{
    private static readonly (string, string) LongWindow = ("Cart:Limits:Window", "1.00:00:00");

    [Fact]
    public async Task A_session_that_changes_its_cart_too_often_is_told_to_wait_and_others_are_not()
    {
        await using var shop = await Shop.OpenAsync(2, null, LongWindow, ("Cart:Limits:CartChangesPerSession", "5"));
        var shopper = shop.Enter();
        (await shopper.PostAsync("/test/remember/anything")).Expect(200);
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => shopper.AddAsync(1)));
        Assert.Equal(5, replies.Count(reply => reply.Status == 200));
        var refusal = replies.First(reply => reply.Status != 200).ExpectProblem(429, "too-many-requests");
        Assert.True(int.Parse(refusal.Headers["Retry-After"], CultureInfo.InvariantCulture) > 0);
        Assert.Contains("limited to 5 requests", refusal.Text, StringComparison.Ordinal);

        // What was refused was not done, and looking is free.
        Assert.Equal(5, (int)(await shopper.CartAsync())["count"]!);
        (await shop.Enter().AddAsync(1)).Ok();
        var form = await shopper.FormAsync("/items", new() { ["productId"] = "1" }, ("Accept", "text/html"));
        Assert.Equal((429, "text/html"), (form.Status, form.ContentType));
    }

    [Fact]
    public async Task An_address_without_a_session_is_counted_too()
    {
        await using var shop = await Shop.OpenAsync(2, null, LongWindow, ("Cart:Limits:CartChangesPerAddress", "7"));
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => shop.Enter().AddAsync(1)));
        Assert.Equal(7, replies.Count(reply => reply.Status == 200));
        Assert.All(replies.Where(reply => reply.Status != 200), reply => reply.ExpectProblem(429, "too-many-requests"));
    }

    [Fact]
    public async Task Ordering_is_limited_by_itself()
    {
        await using var shop = await Shop.OpenAsync(1, null, LongWindow, ("Cart:Limits:OrdersPerSession", "2"));
        var shopper = shop.Enter();
        for (var i = 1; i <= 2; i++)
        {
            (await shopper.AddAsync(1)).Ok();
            (await shopper.CheckOutAsync($"key-{i}")).Expect(201);
        }
        (await shopper.AddAsync(1)).Ok();
        (await shopper.CheckOutAsync("key-3")).ExpectProblem(429, "too-many-requests");
        Assert.Equal(2, await shopper.OrdersAsync());
    }

    [Theory]
    [InlineData("Window", "00:00:00")]
    [InlineData("OrdersPerAddress", "0")]
    public async Task A_limit_that_makes_no_sense_stops_the_start(string setting, string value)
    {
        await using var shop = await Shop.OpenAsync(0);
        var error = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => shop.AddReplicaAsync(null, ($"Cart:Limits:{setting}", value)));
        Assert.Contains($"Cart:Limits:{setting}", error.Message, StringComparison.Ordinal);
    }
}
