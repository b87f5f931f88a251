using ShopSession.Testing;

namespace ShopSession.Redis.Tests.Connections;

public sealed class SignInTests : RedisTest
{
    protected override RedisServerOptions ServerOptions => new() { IsReal = true, Password = "pa ss" };

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Password_database_and_name_are_set_before_the_first_command(int protocol)
    {
        var client = Client(options =>
        {
            options.Protocol = protocol;
            options.Database = 3;
            options.ClientName = "cart-2";
        });
        await client.SetAsync("a", "1", cancellationToken: Stop);
        var list = await Server.SendAsync("CLIENT", "LIST");
        Assert.Contains("name=cart-2", list, StringComparison.Ordinal);
        Assert.Contains("db=3", list, StringComparison.Ordinal);
        Assert.Equal("(nil)", await Server.SendAsync("GET", "a"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_user_of_the_access_list_signs_in(int protocol)
    {
        await Server.SendAsync("ACL", "SETUSER", "shop", "on", ">secret", "~shop:*", "+@all");
        var client = Client(connectionString: $"redis://shop:secret@127.0.0.1:{Server.Port}?protocol={protocol}");
        await client.SetAsync("shop:a", "1", cancellationToken: Stop);
        var e = await Assert.ThrowsAsync<RedisServerException>(async () => await client.SetAsync("b", "1", cancellationToken: Stop));
        Assert.Equal("NOPERM", e.Code);
    }

    /// <summary>Guards the outcome: without MULTI the server runs the commands one by one, and the caller was told that none had run.</summary>
    [Fact]
    public async Task A_transaction_that_the_server_does_not_let_begin_is_not_told_as_not_executed()
    {
        await Server.SendAsync("ACL", "SETUSER", "shop", "on", ">secret", "~*", "+@all", "-multi");
        var client = Client(connectionString: $"redis://shop:secret@127.0.0.1:{Server.Port}");
        var e = await Assert.ThrowsAsync<RedisOutcomeUnknownException>(async () => await client.ExecuteAsync(new RedisTransaction().Add("INCR", (RedisKey)"a"), Stop));
        Assert.Contains("NOPERM", e.Message, StringComparison.Ordinal);
        Assert.Equal("1", await Server.SendAsync("GET", "a"));
    }

    [Theory]
    [InlineData("wrong", 2)]
    [InlineData("wrong", 3)]
    [InlineData(null, 2)]
    [InlineData(null, 3)]
    public async Task A_wrong_or_missing_password_is_the_reason_that_callers_see(string? password, int protocol)
    {
        var client = Client(options =>
        {
            options.Password = password;
            options.Protocol = protocol;
        });
        var e = await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.PingAsync(Stop));
        var cause = Assert.IsType<RedisServerException>(e.InnerException);
        Assert.Equal(password is null ? "NOAUTH" : "WRONGPASS", cause.Code);
        Assert.DoesNotContain("wrong,", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Guards the log: a server repeats the arguments of a command that it does not know.</summary>
    [Fact]
    public async Task A_server_that_knows_no_AUTH_puts_no_password_into_messages()
    {
        await using var server = await RedisServerProcess.StartAsync(new() { IsReal = true, Arguments = ["--rename-command", "AUTH", "XAUTH", "--rename-command", "HELLO", "XHELLO"] }, Stop);
        var client = Client(connectionString: $"{server.ConnectionString},password=hunter2");
        var e = await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.PingAsync(Stop));
        Assert.Contains("unknown command 'AUTH'", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_is_no_Redis_is_named_as_such()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            using var socket = await listener.AcceptSocketAsync(Stop);
            await socket.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        }, Stop);
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var client = Client(connectionString: $"127.0.0.1:{port}");
        var e = await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.PingAsync(Stop));
        Assert.Contains("Is it a Redis server", e.Message, StringComparison.Ordinal);
        await answering;
    }
}
