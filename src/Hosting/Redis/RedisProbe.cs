using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Aspire.Hosting.Redis;

/// <summary>Asks a Redis whether it is there and lets us in: <c>AUTH</c> and <c>PING</c> on a connection of its own.</summary>
internal static class RedisProbe
{
    private const int MaxReplyBytes = 1024;

    /// <summary><see langword="null"/> when one of the hosts answers, else what is wrong.</summary>
    public static async Task<string?> CheckAsync(RedisAddress address, CancellationToken cancellationToken)
    {
        string? problem = null;
        foreach (var (host, port) in address.Endpoints)
        {
            problem = await CheckAsync(address, host, port, cancellationToken);
            if (problem is null)
                return null;
        }

        return problem;
    }

    private static async Task<string?> CheckAsync(RedisAddress address, string host, int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(host, port, cancellationToken);
            await using var stream = await OpenAsync(client, address, host, cancellationToken);
            if (address.Password is { } password)
            {
                var reply = await AskAsync(stream, address.User is { } user ? ["AUTH", user, password] : ["AUTH", password], cancellationToken);
                if (!reply.StartsWith("+OK", StringComparison.Ordinal))
                    return $"{host}:{port} refused the password: {reply.TrimStart('-')}";
            }

            var pong = await AskAsync(stream, ["PING"], cancellationToken);
            return pong.StartsWith("+PONG", StringComparison.Ordinal) ? null : $"{host}:{port} answered PING with: {pong.TrimStart('-')}";
        }
        catch (SocketException exception)
        {
            return $"{host}:{port} cannot be reached: {exception.Message}";
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            return $"{host}:{port} does not answer as a Redis does{(address.Tls ? " over TLS" : "")}: {exception.Message}";
        }
    }

    private static async Task<Stream> OpenAsync(TcpClient client, RedisAddress address, string host, CancellationToken cancellationToken)
    {
        if (!address.Tls)
            return client.GetStream();
        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.TlsHost ?? host }, cancellationToken);
        return tls;
    }

    private static async Task<string> AskAsync(Stream stream, string[] command, CancellationToken cancellationToken)
    {
        var request = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Length}\r\n");
        foreach (var part in command)
            request.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToString()), cancellationToken);

        var reply = new byte[MaxReplyBytes];
        var length = 0;
        while (length < reply.Length && !reply.AsSpan(0, length).Contains((byte)'\n'))
        {
            var count = await stream.ReadAsync(reply.AsMemory(length), cancellationToken);
            if (count == 0)
                throw new IOException("the connection was closed");
            length += count;
        }

        return Encoding.UTF8.GetString(reply, 0, length).TrimEnd();
    }
}
