using AngleSharp.Html.Dom;
using ShopSession.Cart.Tests.Checkout;
using ShopSession.Cart.Tests.Hosting;
using ShopSession.Testing;

namespace ShopSession.Cart.Tests.Pages;

public sealed class SavedAddressTests : IAsyncLifetime
{
    private static readonly (string, string)[] Typed =
        [("Input.Email", "ada@example.org"), ("Input.Name", "Ada Lovelace"), ("Input.Line1", "Hafenstraße 12"), ("Input.PostalCode", "20359"), ("Input.City", "Hamburg")];

    private FakeAuth _auth = null!;
    private Shop _shop = null!;
    private Shopper _shopper = null!;

    public async ValueTask InitializeAsync()
    {
        _auth = await FakeAuth.StartAsync();
        _shop = await Shop.OpenAsync(1, null, ("services:auth:http:0", _auth.Url));
        _shopper = _shop.Enter();
        await _shopper.SignInAsync("ada");
        (await _shopper.AddAsync(1)).Ok();
        // The form waits a second for auth, and on a busy machine the first question of a process may take longer.
        await Poll.UntilAsync(
            async () => (await _shopper.PageAsync("/checkout")).TestId("save-address") is not null, TimeSpan.FromSeconds(30), "auth answers in time", TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _shop.DisposeAsync();
        await _auth.DisposeAsync();
    }

    [Fact]
    public async Task The_default_is_filled_in_and_another_can_be_chosen_without_scripts_and_without_losing_what_was_typed()
    {
        _auth.Keep("ada", "1 Quay", "20095", "Hamburg", "DE");
        var second = _auth.Keep("ada", "2 Rue de la Paix", "75002", "Paris", "FR");
        var page = await _shopper.PageAsync("/checkout");
        Assert.Equal("1 Quay", ValueOf(page, "Input.Line1"));
        Assert.Equal(3, page.TestId("saved-address")!.QuerySelectorAll("option").Length);

        page = await ChooseAsync(page, second, ("Input.Email", "other@example.org"), ("Input.Delivery", "express"), ("Input.Pay", "slow"), ("Input.SaveAddress", "true"));
        Assert.Equal("2 Rue de la Paix", ValueOf(page, "Input.Line1"));
        Assert.Equal("FR", Assert.IsType<IHtmlSelectElement>(page.QuerySelector("[name='Input.Country']"), exactMatch: false).Value);
        Assert.Equal(second, ChosenIn(page));
        Assert.Equal("other@example.org", ValueOf(page, "Input.Email"));
        Assert.All(["[name='Input.Delivery'][value='express']", "[name='Input.Pay'][value='slow']", "[name='Input.SaveAddress']"], field => Assert.True(page.QuerySelector(field)!.HasAttribute("checked"), field));
        // The delivery that was chosen is in the total, to the country that was chosen.
        Assert.Equal("20 %", page.QuerySelector("[data-sum-rate]").Words());
        Assert.Equal(0, await _shopper.OrdersAsync());

        var placed = (await _shopper.PressAsync(page.TestId("place-order"), ("Input.Pay", "success"), ("Input.SaveAddress", ""))).Expect(303);
        Assert.Equal(2, _auth.Of("ada").Count);
        var order = (await _shopper.GetAsync("/api" + placed.Headers["Location"])).Ok();
        Assert.Equal(("other@example.org", "express"), ((string?)order["email"], (string?)order["delivery"]));
    }

    [Fact]
    public async Task Another_address_empties_the_fields_unless_one_was_typed()
    {
        _auth.Keep("ada", "1 Quay", "20095", "Hamburg", "DE");
        var page = await _shopper.PageAsync("/checkout");
        Assert.Equal("", ValueOf(await ChooseAsync(page, ""), "Input.Line1"));
        page = await ChooseAsync(page, "", Typed);
        Assert.Equal("Hafenstraße 12", ValueOf(page, "Input.Line1"));
        Assert.Equal("", ChosenIn(page));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_address_that_cannot_be_filled_in_costs_nothing_that_was_typed(bool isAway)
    {
        var only = _auth.Keep("ada", "1 Quay", "20095", "Hamburg", "DE");
        var page = await _shopper.PageAsync("/checkout");
        _auth.Fails = isAway;
        page = await ChooseAsync(page, isAway ? only : Guid.NewGuid().ToString(), Typed);
        Assert.Equal("Hafenstraße 12", ValueOf(page, "Input.Line1"));
        Assert.Contains("What you typed is kept", page.QuerySelector("main .alert").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pressing_Enter_in_a_field_keeps_the_address_and_orders_nothing()
    {
        _auth.Keep("ada", "1 Quay", "20095", "Hamburg", "DE");
        var page = await _shopper.PageAsync("/checkout");
        // Browsers press the form's first button.
        var first = page.QuerySelector("[data-checkout]")!.QuerySelector("button")!;
        Assert.Equal("on-enter", first.GetAttribute("data-testid"));
        page = (await _shopper.PressAsync(first, Typed)).Expect(200).Page();
        Assert.Equal("Hafenstraße 12", ValueOf(page, "Input.Line1"));
        Assert.Equal(0, await _shopper.OrdersAsync());
    }

    [Fact]
    public async Task An_ordered_address_is_kept_on_wish()
    {
        var page = await _shopper.PageAsync("/checkout");
        (await _shopper.PressAsync(page.TestId("place-order"), [.. Typed, ("Input.SaveAddress", "true")])).Expect(303);
        Assert.Equal("Hafenstraße 12", (string?)Assert.Single(_auth.Of("ada"))["line1"]);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task An_address_that_cannot_be_kept_does_not_undo_the_order(bool fails, bool full)
    {
        var page = await _shopper.PageAsync("/checkout");
        (_auth.Fails, _auth.Full) = (fails, full);
        var answer = (await _shopper.PressAsync(page.TestId("place-order"), [.. Typed, ("Input.SaveAddress", "true")])).Expect(303);
        var order = await _shopper.PageAsync(answer.Headers["Location"]);
        Assert.NotNull(order.TestId("order-number"));
        Assert.NotNull(order.TestId("flash"));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task The_checkout_goes_on_when_auth_is_away(bool fails, bool silent)
    {
        _auth.Keep("ada", "1 Quay", "20095", "Hamburg", "DE");
        (_auth.Fails, _auth.Silent) = (fails, silent);
        var page = await _shopper.PageAsync("/checkout");
        Assert.Null(page.TestId("saved-address"));
        Assert.Null(page.TestId("save-address"));
        (await _shopper.PressAsync(page.TestId("place-order"), Typed)).Expect(303);
    }

    [Fact]
    public async Task What_was_typed_stays_when_something_is_wrong()
    {
        _auth.Keep("ada", "1 Quay", "20095", "Hamburg", "DE");
        var page = await _shopper.PageAsync("/checkout");
        page = (await _shopper.PressAsync(page.TestId("place-order"), [.. Typed, ("Input.PostalCode", "ABC")])).Expect(400).Page();
        Assert.Equal("Hafenstraße 12", ValueOf(page, "Input.Line1"));
        Assert.Equal("", ChosenIn(page));
    }

    [Fact]
    public async Task A_guest_is_not_asked()
    {
        var guest = _shop.Enter();
        (await guest.AddAsync(1)).Ok();
        var page = await guest.PageAsync("/checkout");
        Assert.Null(page.TestId("saved-address"));
        Assert.Null(page.TestId("save-address"));
    }

    /// <summary>Chooses a saved address and presses the button that browsers without scripts have for it.</summary>
    private async Task<IHtmlDocument> ChooseAsync(IHtmlDocument page, string address, params (string Name, string Value)[] typed) =>
        (await _shopper.PressAsync(page.TestId("use-address"), [.. typed, ("address", address)])).Expect(200).Page();

    private static string? ChosenIn(IHtmlDocument page) => Assert.IsType<IHtmlSelectElement>(page.TestId("saved-address"), exactMatch: false).Value;

    private static string ValueOf(IHtmlDocument page, string name) => page.QuerySelector($"[name='{name}']")!.GetAttribute("value") ?? "";
}
