using ShopSession.Cart.Tests.Hosting;
using ShopSession.Testing;

namespace ShopSession.Cart.Tests.Checkout;

/// <summary>As <see cref="CheckoutCrashTests"/>, with a process of its own that is killed for good while it works; another one finishes.</summary>
public sealed class CheckoutKillTests
{
    [Theory]
    [InlineData("before hold", "success", false)]
    [InlineData("after hold", "success", false)]
    [InlineData("charge", "slow", false)]
    [InlineData("before confirm", "success", true)]
    [InlineData("after confirm", "success", true)]
    public async Task Killing_the_process_ends_with_one_order_or_none(string point, string token, bool ordered)
    {
        (string, string)[] settings = token == "slow" ? [.. CheckoutCrashTests.Impatient.Skip(2), ("Checkout:PaymentTimeout", "00:00:05"), ("Checkout:Lease", "00:00:06")] : CheckoutCrashTests.Impatient;
        await using var shop = await Shop.OpenAsync(0);
        await using var doomed = await CartProcess.StartAsync(shop, settings);
        using var shopper = new Shopper(doomed.Url);
        (await shopper.AddAsync(1, 2)).Ok();
        shop.Catalog.Stock.At = step =>
        {
            if (step == point) doomed.Kill();
            return Task.CompletedTask;
        };
        var pressing = shopper.CheckOutAsync("key-1", CheckoutForm.Good(token));
        if (point == "charge")
        {
            await Poll.UntilAsync(() => shop.Catalog.Stock.OpenHolds == 1, TimeSpan.FromSeconds(20), "the stock is held", TestContext.Current.CancellationToken);
            doomed.Kill();
        }
        await Assert.ThrowsAsync<HttpRequestException>(() => pressing);

        await shop.AddReplicaAsync(null, settings);
        using var again = new Shopper(shop.Hosts[0].Url);
        again.Take(shopper);
        await CheckoutCrashTests.AssertTidyAsync(shop, again, ordered, CheckoutForm.Good(token));
    }
}
