using ShopSession.Sessions.Configuration;

namespace ShopSession.Sessions.Tests.Configuration;

public sealed class CookieDoctorTests
{
    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("co.uk")]
    [InlineData("github.io")]
    [InlineData(".shop.localhost")]
    [InlineData("shop.localhost:8080")]
    [InlineData("http://shop.localhost")]
    [InlineData("shop..localhost")]
    public void A_domain_for_which_browsers_refuse_cookies_stops_the_start(string domain) =>
        Assert.Contains("Session:Domain", Problem(options => options.Domain = domain), StringComparison.Ordinal);

    [Fact]
    public void A_sibling_that_the_domain_does_not_cover_stops_the_start() =>
        Assert.Contains("cart.example.org", Problem(options => options.Siblings.Add("cart.example.org")), StringComparison.Ordinal);

    [Fact]
    public void A_host_that_only_ends_alike_is_no_sibling() =>
        Assert.Contains("evilshop.localhost", Problem(options => options.Siblings.Add("evilshop.localhost")), StringComparison.Ordinal);

    [Theory]
    [InlineData("__Host-sid", "__Secure-")]
    [InlineData("a b", "no cookie name")]
    [InlineData("", "no cookie name")]
    public void A_name_that_cannot_work_stops_the_start(string name, string says) =>
        Assert.Contains(says, Problem(options => options.CookieName = name), StringComparison.Ordinal);

    [Fact]
    public void Limits_that_cannot_work_name_themselves()
    {
        Assert.Contains("Session:IdleTimeout", Problem(options => options.IdleTimeout = TimeSpan.Zero), StringComparison.Ordinal);
        Assert.Contains("Session:SlidingInterval", Problem(options => options.SlidingInterval = TimeSpan.FromHours(1)), StringComparison.Ordinal);
        Assert.Contains("Session:MaxPerUser", Problem(options => options.MaxPerUser = -1), StringComparison.Ordinal);
        Assert.Contains("redis", Problem(options => options.Strategy = "magic"), StringComparison.Ordinal);
    }

    [Fact]
    public void Sensible_settings_pass() => Assert.Null(Problem(options => options.Siblings.Add("cart.shop.localhost")));

    private static string? Problem(Action<SharedSessionOptions> change)
    {
        var options = new SharedSessionOptions { Domain = "shop.localhost" };
        change(options);
        return new SharedSessionOptionsValidator().Validate(null, options).FailureMessage;
    }
}
