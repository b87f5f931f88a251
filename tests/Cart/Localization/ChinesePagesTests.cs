using ShopSession.Cart.Tests.Hosting;

namespace ShopSession.Cart.Tests.Localization;

public sealed class ChinesePagesTests(SharedShop shared) : IClassFixture<SharedShop>
{
    private static readonly (string, string)[] Chinese = [("Accept", "text/html"), ("Accept-Language", "zh-CN")];

    private readonly Shopper _shopper = shared.Shop.Enter();

    [Fact]
    public async Task An_empty_cart_says_so_in_Chinese()
    {
        var page = (await _shopper.GetAsync("/", Chinese)).Expect(200).Page();
        Assert.Equal("zh-Hans", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("购物车是空的", page.QuerySelector("h1").Words());
    }

    [Fact]
    public async Task The_checkout_speaks_the_language_that_was_chosen_and_the_shops_currency()
    {
        (await _shopper.AddAsync(1, 2)).Ok();
        (await _shopper.FormAsync("/language", new() { ["language"] = "zh-Hans", ["returnUrl"] = "/" })).Expect(303);
        var page = await _shopper.PageAsync("/checkout");
        Assert.Equal("结账", page.QuerySelector("h1").Words());
        Assert.Equal("€7.90", page.TestId("order-total").Words());
        var countries = page.QuerySelectorAll("[name='Input.Country'] option").Select(option => option.TextContent).ToList();
        Assert.Contains("德国", countries);
        // By the sound: ā'ěrbāníyà begins the list, zhōngguó stands near its end.
        Assert.True(countries.IndexOf("阿尔巴尼亚") < countries.IndexOf("德国") && countries.IndexOf("德国") < countries.IndexOf("中国"), string.Join(' ', countries));

        var refused = (await _shopper.PressAsync(page.TestId("place-order"), ("Input.Email", "ada"), ("Input.PostalCode", "ABC"))).Expect(400).Page();
        var errors = refused.QuerySelectorAll(".field__error").Select(error => error.TextContent).ToList();
        Assert.Contains("请填写街道和门牌号。", errors);
        Assert.Contains(errors, error => error.StartsWith("这不是德国的邮政编码", StringComparison.Ordinal));
        Assert.DoesNotContain(errors, error => error.Any(char.IsAsciiLetterUpper));
    }

    [Fact]
    public async Task What_a_script_adds_is_answered_in_Chinese_and_the_API_in_English()
    {
        (await _shopper.FormAsync("/language", new() { ["language"] = "zh-Hans", ["returnUrl"] = "/" })).Expect(303);
        var page = await _shopper.FormAsync("/items", new() { ["productId"] = "1", ["quantity"] = "1000" }, ("Accept", "application/json"));
        var api = await _shopper.AddAsync(1, 1000);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", (string)page.Json["title"]!);
        Assert.Equal("Something is not filled in as expected", (string)api.ExpectProblem(400, "invalid-input", "quantity").Json["title"]!);
    }
}
