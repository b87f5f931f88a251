using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace ShopSession.Testing;

/// <summary>
/// The smallest possible client: one connection, one command at a time, RESP2. For setting up and looking into a server
/// independently of the client under test.
/// </summary>
public sealed class RawRedis : IAsyncDisposable
{
    private readonly TcpClient _tcp;
    private readonly Stream _stream;

    private RawRedis(TcpClient tcp, Stream stream)
    {
        _tcp = tcp;
        _stream = stream;
    }

    /// <summary>Connects, and authenticates when a password is given.</summary>
    public static async Task<RawRedis> ConnectAsync(
        int port, string? password = null, bool tls = false, CancellationToken cancellationToken = default)
    {
        var tcp = new TcpClient { NoDelay = true };
        try
        {
            await tcp.ConnectAsync("127.0.0.1", port, cancellationToken).ConfigureAwait(false);
            Stream stream = tcp.GetStream();
            if (tls)
            {
#pragma warning disable CA5359 // A certificate made by the test a moment ago: there is nothing to check it against.
                var secure = new SslStream(stream, false, (_, _, _, _) => true);
#pragma warning restore CA5359
                await secure.AuthenticateAsClientAsync("localhost").ConfigureAwait(false);
                stream = secure;
            }

            var raw = new RawRedis(tcp, stream);
            if (password is not null) await raw.SendAsync(["AUTH", password], cancellationToken).ConfigureAwait(false);
            return raw;
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    /// <summary>Sends one command. The reply as text: an array's items one per line, null as <c>(nil)</c>.</summary>
    /// <exception cref="InvalidOperationException">The server answered with an error; the message is its text.</exception>
    public async Task<string> SendAsync(IReadOnlyList<string> command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Count}\r\n");
        foreach (var part in command)
            text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n");
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken).ConfigureAwait(false);
        return await ReadReplyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _tcp.Dispose();
    }

    private async Task<string> ReadReplyAsync(CancellationToken cancellationToken)
    {
        var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        var rest = line[1..];
        switch (line[0])
        {
            case '-':
                throw new InvalidOperationException(rest);
            case '$':
                var length = int.Parse(rest, CultureInfo.InvariantCulture);
                if (length < 0) return "(nil)";
                var bytes = new byte[length + 2];
                await _stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
                return Encoding.UTF8.GetString(bytes, 0, length);
            case '*':
                var items = new List<string>();
                for (var left = int.Parse(rest, CultureInfo.InvariantCulture); left > 0; left--)
                    items.Add(await ReadReplyAsync(cancellationToken).ConfigureAwait(false));
                return string.Join('\n', items);
            default:
                return rest;
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (line.Count < 2 || line[^1] != '\n')
        {
            await _stream.ReadExactlyAsync(one, cancellationToken).ConfigureAwait(false);
            line.Add(one[0]);
        }

        return Encoding.UTF8.GetString([.. line[..^2]]);
    }
}
