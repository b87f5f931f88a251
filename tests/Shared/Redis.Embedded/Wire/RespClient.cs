using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ShopSession.Redis.Embedded.Tests.Wire;

/// <summary>
/// A client of the tests' own: what it reads is compared, so it shares no line with the code under test or with the project's client.
/// Text is Latin-1, one character for each byte.
/// </summary>
internal sealed class RespClient : IAsyncDisposable
{
    private readonly TcpClient _tcp;
    private readonly BufferedStream _input;

    private RespClient(TcpClient tcp)
    {
        _tcp = tcp;
        _input = new BufferedStream(tcp.GetStream(), 64 * 1024);
    }

    /// <summary>Bytes that have arrived and were not read.</summary>
    public int Available => _tcp.Available;

    /// <summary>Messages that came between replies, in their order.</summary>
    public List<RespValue> Pushes { get; } = [];

    public static async Task<RespClient> ConnectAsync(int port, int protocol = 2)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync("127.0.0.1", port);
        var client = new RespClient(tcp);
        if (protocol == 3) await client.SendAsync("HELLO", "3");
        return client;
    }

    public async Task<RespValue> SendAsync(params string[] command)
    {
        await WriteAsync(command);
        return await ReadReplyAsync();
    }

    public Task WriteAsync(params string[] command) => WriteRawAsync(Encode(command));

    public async Task WriteRawAsync(string bytes) => await _tcp.GetStream().WriteAsync(Encoding.Latin1.GetBytes(bytes));

    /// <summary>The next reply; pushes before it are kept aside.</summary>
    public async Task<RespValue> ReadReplyAsync()
    {
        while (true)
        {
            var value = await ReadAsync();
            if (!value.IsPush) return value;
            Pushes.Add(value);
        }
    }

    /// <summary>The next value of any kind.</summary>
    /// <exception cref="EndOfStreamException">The server closed the connection.</exception>
    public async Task<RespValue> ReadAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await ReadValueAsync(limit.Token);
    }

    /// <summary>Whether the server has closed the connection.</summary>
    public async Task<bool> IsClosedAsync()
    {
        try
        {
            while (true) await ReadAsync();
        }
        catch (Exception e) when (e is IOException or EndOfStreamException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        await _input.DisposeAsync();
    }

    public static string Encode(params string[] command)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"*{command.Length}\r\n"));
        foreach (var argument in command) text.Append(CultureInfo.InvariantCulture, $"${argument.Length}\r\n").Append(argument).Append("\r\n");
        return text.ToString();
    }

    private async Task<RespValue> ReadValueAsync(CancellationToken cancellationToken)
    {
        var line = await ReadLineAsync(cancellationToken);
        var (kind, rest) = (line[0], line[1..]);
        switch (kind)
        {
            case '$' or '=':
                var length = int.Parse(rest, CultureInfo.InvariantCulture);
                if (length < 0) return new RespValue(kind, rest, []) { IsNullLength = true };
                var bytes = new byte[length + 2];
                await _input.ReadExactlyAsync(bytes, cancellationToken);
                return new RespValue(kind, Encoding.Latin1.GetString(bytes, 0, length), []);
            case '*' or '~' or '>' or '%':
                var count = int.Parse(rest, CultureInfo.InvariantCulture);
                if (count < 0) return new RespValue(kind, rest, []) { IsNullLength = true };
                var items = new List<RespValue>();
                for (var missing = kind == '%' ? count * 2 : count; missing > 0;)
                {
                    // Redis writes a message that a client causes itself into the middle of its EXEC's reply: it is not one of the items.
                    items.Add(await ReadValueAsync(cancellationToken));
                    if (!items[^1].IsPush) missing--;
                }

                return new RespValue(kind, rest, items);
            case '+' or '-' or ':' or ',' or '#' or '_' or '(':
                return new RespValue(kind, rest, []);
            default:
                throw new InvalidDataException($"'{line}' is no reply.");
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            if (await _input.ReadAsync(one, cancellationToken) == 0) throw new EndOfStreamException("The server closed the connection.");
            line.Append((char)one[0]);
            if (line.Length >= 2 && line[^1] == '\n' && line[^2] == '\r') return line.ToString(0, line.Length - 2);
        }
    }
}
