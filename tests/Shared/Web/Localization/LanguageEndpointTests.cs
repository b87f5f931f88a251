namespace ShopSession.Web.Tests.Localization;

public sealed class LanguageEndpointTests : IAsyncLifetime
{
    private const string Shop = "http://catalog.shop.localhost:8080";

    private readonly StoreFixture _store = new();
    private ProbeService _service = null!;

    public async ValueTask InitializeAsync() => _service = await ProbeService.StartAsync(_store);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task The_choice_is_kept_for_all_siblings_and_leads_back()
    {
        var answer = await ChooseAsync("zh-Hans", Shop + "/products?page=2");
        Assert.Equal(303, answer.Status);
        Assert.Equal(Shop + "/products?page=2", answer.Header("Location"));
        var cookie = answer.Header("Set-Cookie")!.Split("; ");
        Assert.Equal("__Secure-shop.lang=zh-Hans", cookie[0]);
        foreach (var attribute in new[] { "domain=shop.localhost", "path=/", "secure", "samesite=lax", "httponly", "max-age=31536000" }) Assert.Contains(attribute, cookie, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("https://evil.example/", "http://shop.localhost:8080/")]
    [InlineData("//evil.example", "http://shop.localhost:8080/")]
    [InlineData("", "http://shop.localhost:8080/")]
    // Nobody comes back to these after signing in, but whoever reads them may choose a language.
    [InlineData("http://auth.shop.localhost:8080/login?returnUrl=%2F", "http://auth.shop.localhost:8080/login?returnUrl=%2F")]
    [InlineData("/register", "/register")]
    public async Task It_leads_back_to_pages_of_the_shop_only(string returnUrl, string expected) => Assert.Equal(expected, (await ChooseAsync("en", returnUrl)).Header("Location"));

    [Fact]
    public async Task A_language_that_the_shop_does_not_speak_is_refused_and_not_kept()
    {
        var answer = await ChooseAsync("de", "/");
        Assert.Equal("invalid-input", answer.Problem(400));
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Theory]
    [InlineData("https://evil.example", null)]
    [InlineData("http://evil.shop.localhost:8080", "same-site")]
    public async Task Another_site_cannot_choose_for_the_visitor(string origin, string? site)
    {
        var answer = await ChooseAsync("zh-Hans", "/", site is null ? [("Origin", origin)] : [("Origin", origin), ("Sec-Fetch-Site", site)]);
        Assert.Equal("foreign-origin", answer.Problem(403));
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Fact]
    public async Task It_works_while_the_store_is_away_so_that_an_error_page_can_be_read()
    {
        await _store.DisposeAsync();
        Assert.Equal(303, (await ChooseAsync("zh-Hans", "/")).Status);
    }

    private async Task<Reply> ChooseAsync(string language, string returnUrl, params (string Name, string Value)[] headers)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["language"] = language, ["returnUrl"] = returnUrl });
        return await _service.SendAsync(HttpMethod.Post, "/language", form, headers);
    }
}
