using ShopSession.Testing;

namespace ShopSession.Redis.Tests.Connections;

public sealed class TlsTests : RedisTest
{
    protected override RedisServerOptions ServerOptions => new() { Tls = true };

    [Fact]
    public async Task A_certificate_of_a_named_authority_is_trusted()
    {
        foreach (var text in new[]
        {
            $"localhost:{Server.Port},ssl=true,caCertificate={Server.CertificateFile}",
            $"127.0.0.1:{Server.Port},ssl=true,sslHost=localhost,caCertificate={Server.CertificateFile}",
            $"rediss://localhost:{Server.Port}?caCertificate={Server.CertificateFile}",
        })
        {
            var client = Client(connectionString: text);
            var value = new string('x', 300_000);
            await client.SetAsync("a", value, cancellationToken: Stop);
            Assert.Equal(value, await client.GetStringAsync("a", Stop));
        }
    }

    [Fact]
    public async Task An_unknown_certificate_and_a_wrong_name_are_refused()
    {
        foreach (var text in new[]
        {
            $"localhost:{Server.Port},ssl=true",
            $"localhost:{Server.Port},ssl=true,sslHost=elsewhere,caCertificate={Server.CertificateFile}",
        })
        {
            var client = Client(connectionString: text);
            var e = await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.PingAsync(Stop));
            Assert.Contains("TLS", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_plain_client_of_a_TLS_server_fails_with_an_error_and_does_not_hang()
    {
        var client = Client(connectionString: $"localhost:{Server.Port}");
        await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.PingAsync(Stop));
    }
}
