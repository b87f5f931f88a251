using Aspire.Hosting.Redis;

namespace ShopSession.Hosting.Tests.Redis;

public sealed class RedisAddressTests
{
    [Theory]
    [InlineData("localhost", "localhost:6379", null, null, false)]
    [InlineData("10.0.0.1:7000,10.0.0.2:7001,password=p=q,user=me,ssl=true", "10.0.0.1:7000, 10.0.0.2:7001", "me", "p=q", true)]
    [InlineData("[::1]:6380", "::1:6380", null, null, false)]
    [InlineData("redis://host", "host:6379", null, null, false)]
    [InlineData("rediss://me:p%40ss@host:7000/3", "host:7000", "me", "p@ss", true)]
    [InlineData("redis://:secret@host", "host:6379", null, "secret", false)]
    public void Both_forms_are_read(string text, string endpoints, string? user, string? password, bool tls)
    {
        var address = RedisAddress.Parse(text);
        Assert.Equal((endpoints, user, password, tls), (address.ToString(), address.User, address.Password, address.Tls));
    }

    [Theory]
    [InlineData("password=x")]
    [InlineData("host:0")]
    [InlineData("host:99999")]
    [InlineData("host:port")]
    [InlineData("https://host")]
    public void Others_are_refused(string text) => Assert.Throws<FormatException>(() => RedisAddress.Parse(text));
}
