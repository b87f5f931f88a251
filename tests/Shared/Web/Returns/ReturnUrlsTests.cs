using Microsoft.Extensions.Options;
using ShopSession.Web.Returns;

namespace ShopSession.Web.Tests.Returns;

public sealed class ReturnUrlsTests
{
    private readonly ReturnUrls _returns = Make("http", 8080);

    public static TheoryData<string> Foreign => new(
        "//evil.test", "///evil.test", "/\\evil.test", "\\\\evil.test", "/\t/evil.test", "/%09/evil.test", "/%0d%0aSet-Cookie:x", "/%00", "/\n/evil.test",
        "https:evil.test", "https:/evil.test", "https://evil.test", "http://evil.test:8080/", "http://cart.shop.localhost:8080@evil.test/", "http://cart.shop.localhost:8080.evil.test/",
        "http://cart.shop.localhost.evil.test:8080/", "http://evilcart.shop.localhost:8080/", "http://evil.shop.localhost:8080/", "http://cart.shop.localhost:8080%2eevil.test/",
        "http://cart.shop.localhost:8080\\@evil.test", "https://cart.shop.localhost:8080/", "http://cart.shop.localhost:8443/", "http://cart.shop.localhost/", "http://cart.shop.localhost:80801/",
        "javascript:alert(1)", "data:text/html,x", "http://cart。shop。localhost:8080/", "HTTP://cart.shop.localhost:8080/", "http://CART.shop.localhost:8080/", "http://cart.shop.localhost.:8080/",
        "http://user@cart.shop.localhost:8080/", "/..//evil.test", "/.//evil.test", "/a/../../evil.test", "/%2e%2e//evil.test", "/%2f%2fevil.test", "/%5cevil.test", "/a//b", "/\u2028", "/caf\u00e9",
        "http://cart.shop.localhost:8080//evil.test", "/logout", "http://auth.shop.localhost:8080/logout", "http://auth.shop.localhost:8080/login?returnUrl=x", "/login", "/x%", "/x%zz", " /x", "x", "?x", "", "/<script>", "/\"x");

    public static TheoryData<string> Own => new(
        "/", "/products", "/products?search=a%20b&page=2", "/products/harbour-mug#top", "http://shop.localhost:8080/", "http://catalog.shop.localhost:8080/products?category=desk",
        "http://cart.shop.localhost:8080/checkout", "http://auth.shop.localhost:8080/account/devices", "/orders/7a1f0a52-7a59-4d6c-9a3a-111111111111", "/products?next=//evil.test");

    [Theory]
    [MemberData(nameof(Foreign))]
    public void What_leads_elsewhere_leads_home(string returnUrl)
    {
        Assert.False(_returns.TryAccept(returnUrl, out var safe));
        Assert.Empty(safe);
        Assert.Equal("http://shop.localhost:8080/", _returns.OrHome(returnUrl));
    }

    [Theory]
    [MemberData(nameof(Own))]
    public void The_shops_own_addresses_are_accepted_unchanged(string returnUrl)
    {
        Assert.True(_returns.TryAccept(returnUrl, out var safe));
        Assert.Equal(returnUrl, safe);
    }

    [Fact]
    public void A_bare_origin_gets_its_path() => Assert.Equal("http://cart.shop.localhost:8080/", _returns.OrHome("http://cart.shop.localhost:8080"));

    [Fact]
    public void Two_kilobytes_are_the_limit()
    {
        Assert.True(_returns.TryAccept("/" + new string('a', ReturnUrls.MaxLength - 1), out _));
        Assert.False(_returns.TryAccept("/" + new string('a', ReturnUrls.MaxLength), out _));
    }

    [Fact]
    public void Under_https_plain_http_is_foreign()
    {
        var returns = Make("https", 443);
        Assert.True(returns.TryAccept("https://cart.shop.localhost/", out _));
        Assert.False(returns.TryAccept("http://cart.shop.localhost/", out _));
        Assert.False(returns.TryAccept("https://cart.shop.localhost:443/", out _));
    }

    private static ReturnUrls Make(string scheme, int port) => new(new ShopUrls(Options.Create(new ShopOptions { Scheme = scheme, Port = port })));
}
