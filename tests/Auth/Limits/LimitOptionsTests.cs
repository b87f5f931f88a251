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
    [InlineData(0.3, "a second")]
    [InlineData(45, "45 seconds")]
    [InlineData(91, "2 minutes")]
    [InlineData(300, "5 minutes")]
    public void A_wait_is_told_in_words(double seconds, string words) => Assert.Equal(words, Waiting.InWords(TimeSpan.FromSeconds(seconds)));
}
