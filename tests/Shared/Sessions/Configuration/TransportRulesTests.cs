using ShopSession.Sessions.Configuration;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Transports;

namespace ShopSession.Sessions.Tests.Configuration;

public sealed class TransportRulesTests
{
    [Fact]
    public void The_id_in_the_address_stops_the_start_outside_the_lab_and_says_why()
    {
        var problem = Assert.Single(Problems(options => options.Transport = SessionTransports.Url));

        Assert.Contains("Referer", problem, StringComparison.Ordinal);
        Assert.Contains("Session:Transport=cookie", problem, StringComparison.Ordinal);
        Assert.Contains("Session:Lab=true", problem, StringComparison.Ordinal);
        // It is part of what stops a start, not only a rule of its own.
        Assert.Contains(problem, new SharedSessionOptionsValidator().Validate(null, new SharedSessionOptions { Domain = "shop.localhost", Transport = SessionTransports.Url }).Failures!);
    }

    [Fact]
    public void The_lab_may_show_it() => Assert.Empty(Problems(options => (options.Transport, options.Lab) = (SessionTransports.Url, true)));

    [Theory]
    [InlineData(SessionStrategies.Client)]
    [InlineData(SessionStrategies.Jwt)]
    public void A_session_that_the_client_keeps_fits_into_no_address_not_even_in_the_lab(string strategy) =>
        Assert.Contains(strategy, Assert.Single(Problems(options => (options.Transport, options.Strategy, options.Lab) = (SessionTransports.Url, strategy, true))), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a=b")]
    [InlineData("a&b")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789")]
    public void A_name_that_no_query_can_have_is_refused(string name) =>
        Assert.StartsWith("Session:UrlParameter", Assert.Single(Problems(options => options.UrlParameter = name)), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_transport_is_answered_with_those_that_there_are()
    {
        var problem = Assert.Single(Problems(options => options.Transport = "pigeon"));

        Assert.Contains("'pigeon'", problem, StringComparison.Ordinal);
        Assert.All(SessionTransports.All, name => Assert.Contains(name, problem, StringComparison.Ordinal));
    }

    private static List<string> Problems(Action<SharedSessionOptions> configure)
    {
        var options = new SharedSessionOptions();
        configure(options);
        return [.. TransportRules.Problems(options)];
    }
}
