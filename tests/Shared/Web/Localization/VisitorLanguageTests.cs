namespace ShopSession.Web.Tests.Localization;

/// <summary>Asked at an address that does not exist: the error page stands for all pages, and is the hardest of them.</summary>
public sealed class VisitorLanguageTests : IAsyncLifetime
{
    private const string Chosen = "__Secure-shop.lang=";

    private readonly StoreFixture _store = new();
    private ProbeService _service = null!;

    public async ValueTask InitializeAsync() => _service = await ProbeService.StartAsync(_store);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Theory]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans")]
    [InlineData("zh", "zh-Hans")]
    [InlineData("en;q=0.5, zh-SG", "zh-Hans")]
    [InlineData("de, fr;q=0.9, zh-Hans;q=0.1", "zh-Hans")]
    [InlineData("en-US, zh-CN;q=0.9", "en")]
    [InlineData("zh;q=0, de", "en")]
    [InlineData("zh-TW", "en")]
    [InlineData("de", "en")]
    [InlineData("nonsense;;;", "en")]
    [InlineData("", "en")]
    public async Task The_browser_chooses_and_who_asks_for_no_language_of_the_shop_gets_English(string accepted, string expected)
    {
        var page = await PageAsync(("Accept-Language", accepted));
        Assert.Contains($"<html lang=\"{expected}\"", page.Text, StringComparison.Ordinal);
        Assert.Contains(expected == "en" ? "There is nothing here" : "这里什么也没有", page.Text, StringComparison.Ordinal);
        Assert.Equal(expected, page.Header("Content-Language"));
    }

    [Theory]
    [InlineData("en", "zh-CN", "en")]
    [InlineData("zh-Hans", "en", "zh-Hans")]
    [InlineData("klingon", "zh-CN", "zh-Hans")]
    [InlineData("", "zh-CN", "zh-Hans")]
    public async Task What_the_visitor_chose_goes_before_what_the_browser_asks_for(string chosen, string accepted, string expected)
    {
        var page = await PageAsync(("Cookie", Chosen + chosen), ("Accept-Language", accepted));
        Assert.Contains($"<html lang=\"{expected}\"", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caches_on_the_way_are_told_what_a_page_depends_on()
    {
        var vary = (await PageAsync()).Header("Vary");
        Assert.Contains("Accept-Language", vary, StringComparison.Ordinal);
        Assert.Contains("Cookie", vary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_are_spoken_to_in_English_whatever_they_ask_for()
    {
        var answer = await _service.GetAsync("/api/number?number=x", ("Accept-Language", "zh-CN"), ("Cookie", Chosen + "zh-Hans"));
        Assert.Equal("invalid-input", answer.Problem(400));
        Assert.Equal("Something is not filled in as expected", (string)answer.Json["title"]!);
        Assert.Null(answer.Header("Content-Language"));
    }

    [Fact]
    public async Task Scripts_bring_their_texts_along_where_they_are_not_English()
    {
        Assert.Contains("\"View cart\":\"查看购物车\"", (await PageAsync(("Accept-Language", "zh"))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"texts\"", (await PageAsync()).Text, StringComparison.Ordinal);
    }

    private Task<Reply> PageAsync(params (string Name, string Value)[] headers) => _service.GetAsync("/no/such/page", [("Accept", "text/html"), .. headers]);
}
