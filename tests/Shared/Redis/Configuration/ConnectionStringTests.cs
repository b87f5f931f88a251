namespace ShopSession.Redis.Tests.Configuration;

public sealed class ConnectionStringTests
{
    [Fact]
    public void The_comma_separated_form_is_read()
    {
        var options = RedisClientOptions.Parse(
            "redis-1:7000, redis-2 ,[::1]:7002,user=shop,password=p=1;2,defaultDatabase=3,name=cart,ssl=True,sslHost=redis.example,asyncTimeout=700,connectTimeout=900,protocol=resp2,abortConnect=false,allowAdmin=true");
        Assert.Equal(["redis-1:7000", "redis-2:6380", "[::1]:7002"], options.EndPoints.Select(e => e.ToString()));
        Assert.Equal(("shop", "p=1;2", 3, "cart"), (options.User, options.Password, options.Database, options.ClientName));
        Assert.Equal((true, "redis.example", 2), (options.UseTls, options.TlsHost, options.Protocol));
        Assert.Equal((700, 900), (options.CommandTimeout.TotalMilliseconds, options.ConnectTimeout.TotalMilliseconds));
    }

    [Theory]
    [InlineData("localhost", "localhost:6379", false)]
    [InlineData("redis", "redis:6379", false)]
    [InlineData("localhost,ssl=true", "localhost:6380", true)]
    [InlineData("::1", "[::1]:6379", false)]
    [InlineData("redis://localhost", "localhost:6379", false)]
    [InlineData("rediss://localhost", "localhost:6379", true)]
    [InlineData("redis://[::1]:7000/0", "[::1]:7000", false)]
    public void Defaults_are_filled_in(string text, string endPoint, bool tls)
    {
        var options = RedisClientOptions.Parse(text);
        Assert.Equal((endPoint, tls), (Assert.Single(options.EndPoints).ToString(), options.UseTls));
    }

    [Theory]
    [InlineData("host,password=a://b", "a://b")]
    [InlineData("password=first,host", "first")]
    [InlineData("host,password=x,ssl=true,abortConnect=false", "x")]
    public void A_password_may_hold_anything_but_a_comma(string text, string password)
    {
        var options = RedisClientOptions.Parse(text);
        Assert.Equal((password, "host"), (options.Password, Assert.Single(options.EndPoints).Host));
    }

    [Fact]
    public void The_address_form_is_read()
    {
        var options = RedisClientOptions.Parse("rediss://shop:p%40%2F%2C@cache.example:7001/5?name=cart&asyncTimeout=500");
        Assert.Equal(("shop", "p@/,", 5, "cart"), (options.User, options.Password, options.Database, options.ClientName));
        Assert.Equal("cache.example:7001", Assert.Single(options.EndPoints).ToString());
        Assert.Equal(500, options.CommandTimeout.TotalMilliseconds);
        Assert.Equal((null, "only"), (RedisClientOptions.Parse("redis://:only@h").User, RedisClientOptions.Parse("redis://:only@h").Password));
    }

    [Theory]
    [InlineData("", "names no server")]
    [InlineData("password=x", "names no server")]
    [InlineData("host:99999", "'99999' is no port")]
    [InlineData("host:abc", "'abc' is no port")]
    [InlineData("host:0", "'0' is no port")]
    [InlineData("ho st:1", "no host name")]
    [InlineData("host,passwort=x", "'passwort' is no setting")]
    [InlineData("host,password=x,sssl=1", "known settings are user, password")]
    [InlineData("host,password=x,y", "a comma needs the form redis://")]
    [InlineData("redis://u:12#3@host", "%23 for #")]
    [InlineData("redis://u:12/3@host", "%2F for /")]
    [InlineData("host,ssl=maybe", "true or false")]
    [InlineData("host,defaultDatabase=-1", "a number from 0")]
    [InlineData("host,protocol=resp4", "resp3 or resp2")]
    [InlineData("host,serviceName=mymaster", "Sentinel")]
    [InlineData("host,channelPrefix=x", "channelPrefix")]
    [InlineData("host,proxy=Twemproxy", "proxy")]
    [InlineData("http://host", "'http' is no scheme")]
    [InlineData("redis://", "names no host")]
    [InlineData("redis://host/abc", "number of a database")]
    [InlineData("redis://host?x=1", "'x' is no setting")]
    [InlineData("redis://host?x", "key=value")]
    [InlineData("redis://host:99999", "cannot be read")]
    public void What_is_wrong_is_said(string text, string problem)
    {
        var e = Assert.Throws<FormatException>(() => RedisClientOptions.Parse(text));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_error_repeats_the_password()
    {
        string[] texts =
        [
            "host,password=hunter2,sssl=1", "redis://u:hunter2@host:99999", "redis://u:hunter2@host/x", "host:x,password=hunter2",
            // What comes after a character that the password should not hold in this form.
            "host,password=x,hunter2", "host,password=x,hunter2 ", "host,password=x,hunter2=1", "host,password=x,hun ter2", "password=x,hunter2!,host", "host,password=,hunter2",
            "user:hunter2@host:6379", "hunter2@host", "redis://u:1/hunter2@host", "redis://u:1?hunter2@host/0", "redis://u:1#hunter2@host", "redis://:a/hunter2@host",
        ];
        foreach (var text in texts)
            Assert.DoesNotContain("hunter2", Assert.Throws<FormatException>(() => RedisClientOptions.Parse(text)).Message, StringComparison.Ordinal);
    }
}
