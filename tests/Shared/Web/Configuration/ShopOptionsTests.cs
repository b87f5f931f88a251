using Microsoft.Extensions.Configuration;
using ShopSession.Web.Replicas;

namespace ShopSession.Web.Tests.Configuration;

public sealed class ShopOptionsTests
{
    [Theory]
    [InlineData("localhost", 8080, "http", "", "Shop:Domain")]
    [InlineData("http://shop.localhost", 8080, "http", "", "Shop:Domain")]
    [InlineData("127.0.0.1", 8080, "http", "", "Shop:Domain")]
    [InlineData("shop.localhost", 0, "http", "", "Shop:Port")]
    [InlineData("shop.localhost", 70000, "http", "", "Shop:Port")]
    [InlineData("shop.localhost", 8080, "ftp", "", "Shop:Scheme")]
    [InlineData("shop.localhost", 8080, "http", "short", "Shop:GatewayKey")]
    public void A_wrong_value_is_named_with_what_is_expected(string domain, int port, string scheme, string key, string setting)
    {
        var result = new ShopOptionsValidator().Validate(null, new ShopOptions { Domain = domain, Port = port, Scheme = scheme, GatewayKey = key });
        Assert.True(result.Failed);
        var failure = Assert.Single(result.Failures!);
        Assert.StartsWith(setting, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_are_right() => Assert.True(new ShopOptionsValidator().Validate(null, new ShopOptions()).Succeeded);

    [Theory]
    [InlineData(null, null, "cart-1")]
    [InlineData(null, "service.instance.id=cart-2", "cart-2")]
    [InlineData(null, "service.version=1, service.instance.id=cart-3", "cart-3")]
    [InlineData("mine", "service.instance.id=cart-2", "mine")]
    [InlineData("a\r\nb", null, "ab")]
    public void The_replica_is_named_by_setting_then_by_telemetry_then_by_service(string? setting, string? attributes, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Shop:Replica"] = setting, ["OTEL_RESOURCE_ATTRIBUTES"] = attributes }).Build();
        Assert.Equal(expected, ReplicaName.From(configuration, "cart").Replica);
    }
}
