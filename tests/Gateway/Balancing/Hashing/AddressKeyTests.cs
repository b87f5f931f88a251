using System.Net;
using ShopSession.Gateway.Balancing.Hashing;

namespace ShopSession.Gateway.Tests.Balancing.Hashing;

public sealed class AddressKeyTests
{
    [Theory]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:abcd:1234:5678")]
    public void Addresses_of_one_client_are_one_key(string one, string other) => Assert.Equal(Key(one), Key(other));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.8")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1")]
    public void Addresses_of_different_clients_are_different_keys(string one, string other) => Assert.NotEqual(Key(one), Key(other));

    private static string? Key(string address) => AddressKey.Of(IPAddress.Parse(address));
}
