using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ShopSession.Sessions.Bench.Load;

/// <summary>
/// One keep-alive connection that sends prepared requests. Far cheaper than HttpClient, so that the servers are what is measured.
/// Not safe for concurrent use.
/// </summary>
internal sealed class BenchConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[32 * 1024];

    private BenchConnection()
    {
    }

    public static async Task<BenchConnection> OpenAsync(Uri server)
    {
        var connection = new BenchConnection();
        await connection._socket.ConnectAsync(server.Host, server.Port);
        return connection;
    }

    /// <summary>The bytes of a request without a body.</summary>
    public static byte[] Request(string method, string path, string cookie) => Encoding.ASCII.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: bench.shop.localhost\r\n{(cookie.Length > 0 ? $"Cookie: {cookie}\r\n" : "")}{(method == "POST" ? "Content-Length: 0\r\n" : "")}\r\n");

    /// <summary>Sends a request and reads its whole answer.</summary>
    /// <exception cref="IOException">The answer is not 200, or has no length.</exception>
    public async ValueTask<(int Head, int Length)> SendAsync(byte[] request)
    {
        await _socket.SendAsync(request);
        var used = 0;
        while (true)
        {
            var count = await _socket.ReceiveAsync(_buffer.AsMemory(used));
            if (count == 0) throw new IOException("The server closed the connection.");
            used += count;
            var head = _buffer.AsSpan(0, used).IndexOf("\r\n\r\n"u8);
            if (head < 0) continue;
            var length = head + 4 + BodyLength(head);
            if (used >= length) return (head + 4, length);
        }
    }

    /// <summary>Sends a request and returns its body, and the cookie that was set, as <c>name=value</c>.</summary>
    public async Task<(string Body, string? Cookie)> AskAsync(byte[] request)
    {
        var (head, length) = await SendAsync(request);
        var lines = Encoding.ASCII.GetString(_buffer, 0, head).Split("\r\n");
        var cookie = Array.Find(lines, line => line.StartsWith("Set-Cookie:", StringComparison.OrdinalIgnoreCase));
        return (Encoding.ASCII.GetString(_buffer, head, length - head), cookie?[11..].Split(';')[0].Trim());
    }

    public void Dispose() => _socket.Dispose();

    private int BodyLength(int head)
    {
        var text = _buffer.AsSpan(0, head);
        if (!text.StartsWith("HTTP/1.1 200"u8)) throw new IOException($"Unexpected answer: {Encoding.ASCII.GetString(text)}");
        var at = text.IndexOf("Content-Length: "u8);
        if (at < 0) throw new IOException($"An answer without its length: {Encoding.ASCII.GetString(text)}");
        text = text[(at + 16)..];
        var end = text.IndexOf((byte)'\r');
        return int.Parse(end < 0 ? text : text[..end], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
