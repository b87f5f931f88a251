using ShopSession.Sessions.Sealing;

namespace ShopSession.Sessions.Tests.Sealing;

public sealed class UserAgentPackingTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0")]
    public void A_browsers_name_is_kept_in_two_dozen_bytes_without_losing_a_character(string userAgent)
    {
        var packed = UserAgentPacking.Pack(userAgent);

        Assert.Equal(userAgent, UserAgentPacking.Unpack(packed));
        Assert.InRange(packed.Length, 1, 24);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Laptop/2")]
    [InlineData("ünïcode 🦊 \u0080\u00ff")]
    public void Anything_else_comes_back_as_well(string userAgent) => Assert.Equal(userAgent, UserAgentPacking.Unpack(UserAgentPacking.Pack(userAgent)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("2001:db8::7")]
    [InlineData("fe80::1%3")]
    [InlineData("unix:/tmp/socket")]
    [InlineData("")]
    public void An_address_comes_back_as_it_was_written(string address) =>
        Assert.Equal(new DeviceDescription("Laptop/2", address), DeviceDescription.FromBytes(DeviceDescription.Of("Laptop/2", address).ToBytes()));

    [Fact]
    public void What_is_sealed_for_one_session_or_user_opens_for_no_other()
    {
        var key = new byte[32];
        using var ada = new UserSeal(key, "AAAAAAAAAAAAAAAA");
        using var bob = new UserSeal(key, "BBBBBBBBBBBBBBBB");
        var here = new SessionHandle("aaaaaaaaaaaaaaaaaaaaaa");
        var there = new SessionHandle("bbbbbbbbbbbbbbbbbbbbbb");
        var device = ada.SealDevice(here, "Laptop"u8);
        var entry = ada.SealEntry("entry"u8);

        Assert.Equal("Laptop"u8.ToArray(), ada.OpenDevice(here, device));
        Assert.Equal("entry"u8.ToArray(), ada.OpenEntry(entry));
        Assert.Null(ada.OpenDevice(there, device));
        Assert.Null(bob.OpenDevice(here, device));
        Assert.Null(bob.OpenEntry(entry));
        Assert.Null(ada.OpenEntry(device));
        device[0] ^= 1;
        Assert.Null(ada.OpenDevice(here, device));
    }
}
