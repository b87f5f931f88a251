using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ShopSession.Redis.Connections;
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

    /// <summary>Guards the near cache: TLS takes bytes out of the socket before its reader has them, and there they were in nobody's sight.</summary>
    [Fact]
    public async Task What_TLS_has_taken_out_of_the_socket_is_counted_until_it_is_looked_at()
    {
        using var certificate = X509Certificate2.CreateFromPemFile(Server.CertificateFile, Path.ChangeExtension(Server.CertificateFile, ".key"));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(listener.LocalEndpoint!, Stop);
        using var peer = await listener.AcceptSocketAsync(Stop);
        await using var server = new SslStream(new NetworkStream(peer));
        var arrivals = new RedisArrivals();
        await using var client = new SslStream(arrivals.Over(new NetworkStream(socket)), leaveInnerStreamOpen: false, (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString());
        await Task.WhenAll(server.AuthenticateAsServerAsync(certificate), client.AuthenticateAsClientAsync("localhost"));
        var buffer = new byte[16];
        for (var round = 0; round < 20; round++)
        {
            // As the reader does: all was looked at when it has to wait.
            var taken = arrivals.Taken;
            var reading = client.ReadAsync(buffer, Stop).AsTask();
            if (!reading.IsCompleted) arrivals.LookedAt(taken);
            await server.WriteAsync("message"u8.ToArray(), Stop);
            await Poll.UntilAsync(() => socket.Available > 0 || arrivals.IsInHand, Limit, "the message is seen", Stop);
            Assert.Equal(7, await reading);
            Assert.True(arrivals.IsInHand, "nobody has looked at it yet");
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
