using ShopSession.Cart.Tests.Hosting;

namespace ShopSession.Cart.Tests.Pages;

public sealed class CheckoutPageTests : IAsyncLifetime
{
    private static readonly (string, string)[] Address =
    [
        ("Input.Email", "ada@example.org"), ("Input.Name", "Ada <b>Lovelace</b>"), ("Input.Line1", "Hafenstraße 12"), ("Input.PostalCode", "20359"), ("Input.City", "Hamburg"),
    ];

    private Shop _shop = null!;
    private Shopper _shopper = null!;

    public async ValueTask InitializeAsync()
    {
        // Nothing is settled behind a page's back while it is looked at.
        _shop = await Shop.OpenAsync(2, null, ("Checkout:RecoveryInterval", "01:00:00"));
        _shopper = _shop.Enter();
        (await _shopper.AddAsync(1, 2)).Ok();
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task The_button_places_the_order_and_shows_it()
    {
        var page = await _shopper.PageAsync("/checkout");
        Assert.Equal("€7.90", page.TestId("order-total").Words());
        var answer = (await _shopper.PressAsync(page.TestId("place-order"), Address)).Expect(303);
        var order = await _shopper.PageAsync(answer.Headers["Location"]);
        Assert.Matches("^S[0-9A-Z]{5}-[0-9A-Z]{5}$", order.TestId("order-number").Words());
        Assert.Equal("placed", order.TestId("order-status")!.GetAttribute("data-status"));
        Assert.Contains("Ada <b>Lovelace</b>", order.QuerySelector("address")!.TextContent, StringComparison.Ordinal);
        Assert.Single((await _shopper.PageAsync("/orders")).QuerySelectorAll("[data-testid=order-row]"));
        (await _shopper.GetAsync("/checkout")).Expect(303);

        (await _shopper.PressAsync(order.TestId("reorder"))).Expect(303);
        var cart = await _shopper.PageAsync("/");
        Assert.Equal("2", cart.TestId("cart-count").Words());
        Assert.NotNull(cart.TestId("flash"));
        // The next checkout starts with where the last order went.
        Assert.Equal("Hamburg", (await _shopper.PageAsync("/checkout")).QuerySelector("[name='Input.City']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Pressing_twice_is_one_order_and_both_presses_lead_to_it()
    {
        var page = await _shopper.PageAsync("/checkout");
        (string, string)[] fields = [.. Address, ("Input.Pay", "slow")];
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _shopper.PressAsync(page.TestId("place-order"), fields)));
        Assert.Single(answers.Select(answer => answer.Expect(303).Headers["Location"]).Distinct());
        Assert.Single((await _shopper.PageAsync("/orders")).QuerySelectorAll("[data-testid=order-row]"));
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_the_field_and_what_was_typed_stays()
    {
        var page = await _shopper.PageAsync("/checkout");
        var answer = await _shopper.PressAsync(page.TestId("place-order"), [.. Address, ("Input.PostalCode", "ABC"), ("Input.Email", "ada")]);
        page = answer.Expect(400).Page();
        Assert.Equal("true", page.QuerySelector("#Input_PostalCode")!.GetAttribute("aria-invalid"));
        Assert.Equal("true", page.QuerySelector("#Input_Email")!.GetAttribute("aria-invalid"));
        Assert.Equal("ABC", page.QuerySelector("#Input_PostalCode")!.GetAttribute("value"));
        Assert.Equal("Ada <b>Lovelace</b>", page.QuerySelector("#Input_Name")!.GetAttribute("value"));
        (await _shopper.PressAsync(page.TestId("place-order"), Address)).Expect(303);
    }

    [Fact]
    public async Task Another_country_changes_the_total_before_it_is_paid()
    {
        var page = await _shopper.PageAsync("/checkout");
        var answer = await _shopper.PressAsync(page.QuerySelector("[data-review]"), [.. Address, ("Input.Country", "FR")]);
        page = answer.Expect(200).Page();
        Assert.Equal("€12.90", page.TestId("order-total").Words());
        // Without looking, the total would be another one than was shown: nothing is ordered.
        page = (await _shopper.PressAsync(page.TestId("place-order"), [.. Address, ("Input.Country", "DE")])).Expect(409).Page();
        Assert.Equal("€7.90", page.TestId("order-total").Words());
        (await _shopper.PressAsync(page.TestId("place-order"), Address)).Expect(303);
    }

    [Fact]
    public async Task A_declined_payment_can_be_tried_again_on_the_same_page()
    {
        var page = await _shopper.PageAsync("/checkout");
        page = (await _shopper.PressAsync(page.TestId("place-order"), [.. Address, ("Input.Pay", "decline")])).Expect(402).Page();
        Assert.Contains("declined", page.QuerySelector("[role=alert]").Words(), StringComparison.Ordinal);
        (await _shopper.PressAsync(page.TestId("place-order"), [.. Address, ("Input.Pay", "success")])).Expect(303);
    }

    [Fact]
    public async Task A_payment_that_is_not_known_yet_shows_until_when_the_goods_are_held()
    {
        var page = await _shopper.PageAsync("/checkout");
        var answer = await _shopper.PressAsync(page.TestId("place-order"), [.. Address, ("Input.Pay", "unknown")]);
        var order = await _shopper.PageAsync(answer.Expect(303).Headers["Location"]);
        Assert.NotEqual("placed", order.TestId("order-status")!.GetAttribute("data-status"));
        Assert.NotNull(order.QuerySelector(".alert time"));
        Assert.NotNull(order.QuerySelector("meta[http-equiv=refresh]"));
    }

    [Fact]
    public async Task A_stranger_gets_404_for_an_order_and_an_empty_list()
    {
        var page = await _shopper.PageAsync("/checkout");
        var order = (await _shopper.PressAsync(page.TestId("place-order"), Address)).Expect(303).Headers["Location"];
        var stranger = _shop.Enter();
        Assert.DoesNotContain("Hamburg", (await stranger.GetAsync(order, ("Accept", "text/html"))).Expect(404).Text, StringComparison.Ordinal);
        (await stranger.GetAsync("/orders/not-an-id", ("Accept", "text/html"))).Expect(404);
        Assert.Contains("No orders yet", (await stranger.PageAsync("/orders")).Body!.TextContent, StringComparison.Ordinal);
    }
}
