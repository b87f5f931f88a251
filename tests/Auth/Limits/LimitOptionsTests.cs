using System.Net;
using Microsoft.AspNetCore.Http;
using ShopSession.Auth.Limits;

namespace ShopSession.Auth.Tests.Limits;

public sealed class LimitOptionsTests
{
    [Fact]
    public void The_defaults_are_allowed() => Assert.True(new LimitOptionsValidator().Validate(null, new LimitOptions()).Succeeded);

    [Fact]
    public void A_wrong_limit_is_named_with_what_is_allowed()
    {
        var result = new LimitOptionsValidator().Validate(null, new LimitOptions { Account = 0, AddressWindow = TimeSpan.FromDays(2) });
        Assert.Equal(2, result.Failures?.Count());
        Assert.Contains("Auth:Limits:Account is 0; allowed are 1 to 100000", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("Auth:Limits:AddressWindow", result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64")]
    public void A_client_is_an_address_or_an_IPv6_network(string address, string client) =>
        Assert.Equal(client, ClientAddress.Of(new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } }));

    [Theory]
    [InlineData(0.3, "a second")]
    [InlineData(45, "45 seconds")]
    [InlineData(91, "2 minutes")]
    [InlineData(300, "5 minutes")]
    public void A_wait_is_told_in_words(double seconds, string words) => Assert.Equal(words, Waiting.InWords(TimeSpan.FromSeconds(seconds)));
}
