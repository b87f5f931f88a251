using AngleSharp.Html.Dom;
using ShopSession.Cart.Tests.Hosting;

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
    }

    public async ValueTask DisposeAsync()
    {
        await _shop.DisposeAsync();
        await _auth.DisposeAsync();
    }

    [Fact]
    public async Task The_default_is_filled_in_and_another_can_be_chosen_without_scripts()
    {
        _auth.Keep("ada", "1 Quay", "20095", "Hamburg", "DE");
        var second = _auth.Keep("ada", "2 Rue de la Paix", "75002", "Paris", "FR");
        var page = await _shopper.PageAsync("/checkout");
        Assert.Equal("1 Quay", ValueOf(page, "Input.Line1"));
        Assert.Equal(3, page.TestId("saved-address")!.QuerySelectorAll("option").Length);

        page = await _shopper.PageAsync($"/checkout?address={second}");
        Assert.Equal("2 Rue de la Paix", ValueOf(page, "Input.Line1"));
        Assert.Equal(second, Assert.IsType<IHtmlSelectElement>(page.TestId("saved-address"), exactMatch: false).Value);
        Assert.Equal("", ValueOf(await _shopper.PageAsync("/checkout?address="), "Input.Line1"));
        // An id that is none of the account's is the default.
        Assert.Equal("1 Quay", ValueOf(await _shopper.PageAsync($"/checkout?address={Guid.NewGuid()}"), "Input.Line1"));

        (await _shopper.PressAsync(page.TestId("place-order"), ("Input.Email", "ada@example.org"))).Expect(303);
        Assert.Equal(2, _auth.Of("ada").Count);
    }

    [Fact]
    public async Task Pressing_Enter_in_a_field_does_not_change_the_address()
    {
        _auth.Keep("ada", "1 Quay", "20095", "Hamburg", "DE");
        var page = await _shopper.PageAsync("/checkout");
        Assert.Equal("choose-address", page.TestId("use-address")!.GetAttribute("form"));
        Assert.Equal("get", page.QuerySelector("#choose-address")!.GetAttribute("method"));
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
        Assert.Equal("", Assert.IsType<IHtmlSelectElement>(page.TestId("saved-address"), exactMatch: false).Value);
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

    private static string ValueOf(IHtmlDocument page, string name) => page.QuerySelector($"[name='{name}']")!.GetAttribute("value") ?? "";
}
