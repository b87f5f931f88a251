using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ShopSession.Redis.Protocol;
using ShopSession.Redis.Telemetry;

namespace ShopSession.Redis.Connections;

/// <summary>Opens connections: TCP, TLS, protocol, sign-in, database.</summary>
internal sealed class RedisConnector(RedisClientOptions options, TimeProvider time, RedisTelemetry telemetry)
{
    private const int SendBufferSize = 256 * 1024;

    private readonly RedisRequestPool _requests = new();

    public RedisClientOptions Options => options;

    public TimeProvider Time => time;

    public RedisTelemetry Telemetry => telemetry;

    /// <summary>Opens a connection that is ready for commands.</summary>
    /// <param name="endPoint">The server.</param>
    /// <param name="prepare">Last steps on the new connection, such as turning on tracking; may be null.</param>
    /// <param name="heartbeat">Whether silence ends the connection.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="RedisException">The server refused, or is not what was expected.</exception>
    /// <exception cref="IOException">Connecting failed.</exception>
    public async Task<RedisConnection> ConnectAsync(
        RedisEndPoint endPoint, Func<RedisConnection, CancellationToken, Task>? prepare, bool heartbeat, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            // Only where something is kept of what the server may report as changed.
            var arrivals = options.NearCache.IsEnabled ? new RedisArrivals() : null;
            var (stream, socket) = await OpenAsync(endPoint, arrivals, either.Token).ConfigureAwait(false);
            var connection = new RedisConnection(stream, Settings(endPoint, heartbeat)) { Socket = socket, Arrivals = arrivals, Peer = PeerOf(socket) };
            try
            {
                connection.Start();
                await RedisHandshake.RunAsync(connection, options, either.Token).ConfigureAwait(false);
                if (prepare is not null) await prepare(connection, either.Token).ConfigureAwait(false);
                telemetry.ConnectionOpened(endPoint, time.GetElapsedTime(started));
                return connection;
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"No connection within {options.ConnectTimeout.TotalMilliseconds:0} ms.", e);
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private static IPEndPoint? PeerOf(Socket socket)
    {
        if (socket.RemoteEndPoint is not IPEndPoint peer) return null;
        // A socket for both families tells an IPv4 address in the form of the other.
        return peer.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(peer.Address.MapToIPv4(), peer.Port) : peer;
    }

    private RedisConnectionSettings Settings(RedisEndPoint endPoint, bool heartbeat) => new()
    {
        EndPoint = endPoint,
        Time = time,
        Limits = new RespLimits(options.MaxReplyBytes),
        HeartbeatInterval = options.HeartbeatInterval,
        HeartbeatTimeout = options.HeartbeatTimeout,
        Heartbeat = heartbeat,
        Requests = _requests,
        MinimumAge = options.ReconnectMaximum,
        MaxUnsentBytes = options.MaxUnsentBytes,
        MaxWaiting = options.MaxWaitingRequests,
    };

    private async Task<(Stream Stream, Socket Socket)> OpenAsync(RedisEndPoint endPoint, RedisArrivals? arrivals, CancellationToken cancellationToken)
    {
        // What lies in the system's buffer leaves no trace on its way out: more than this of it, on a slow line, would look like silence.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendBufferSize = SendBufferSize };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(endPoint.Host, endPoint.Port, cancellationToken).ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (arrivals is not null) stream = arrivals.Over(stream);
            return (options.UseTls ? await SecureAsync(stream, endPoint, cancellationToken).ConfigureAwait(false) : stream, socket);
        }
        catch
        {
            if (stream is not null) await stream.DisposeAsync().ConfigureAwait(false);
            socket.Dispose();
            throw;
        }
    }

    private async Task<Stream> SecureAsync(Stream stream, RedisEndPoint endPoint, CancellationToken cancellationToken)
    {
        var authentication = new SslClientAuthenticationOptions
        {
            TargetHost = options.TlsHost ?? endPoint.Host,
            RemoteCertificateValidationCallback = options.CertificateValidation,
        };
        if (options.TlsAuthorityFile is { } file)
        {
            authentication.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            authentication.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        }

        var secure = new SslStream(stream);
        try
        {
            await secure.AuthenticateAsClientAsync(authentication, cancellationToken).ConfigureAwait(false);
            return secure;
        }
        catch (System.Security.Authentication.AuthenticationException e)
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw new IOException($"TLS with {endPoint} failed: {e.Message}", e);
        }
    }
}
