using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ShopSession.Gateway.Tests.Support;

internal enum Cut
{
    /// <summary>An orderly end (FIN) where an answer should be.</summary>
    Close,

    /// <summary>A reset (RST).</summary>
    Reset,
}

/// <summary>
/// A replica that takes requests and dies before it answers, at the level of sockets: it answers <c>/health</c> and, as long as it is told to,
/// other requests on kept connections; then it cuts the connection after the whole request has arrived.
/// </summary>
internal sealed class CuttingBackend : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private int _answersLeft;
    private int _received;

    /// <param name="cut">How connections end.</param>
    /// <param name="answersFirst">How many requests are answered before.</param>
    public CuttingBackend(Cut cut, int answersFirst = 0)
    {
        _answersLeft = answersFirst;
        _listener.Start();
        _accepting = AcceptAsync(cut);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>How many requests arrived, without probes.</summary>
    public int Received => Volatile.Read(ref _received);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync(Cut cut)
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_end.Token), cut));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(Socket socket, Cut cut)
    {
        using (socket)
        {
            try
            {
                while (await ReadRequestAsync(socket) is { } request)
                {
                    var isProbe = request.StartsWith("GET /health ", StringComparison.Ordinal);
                    if (!isProbe) Interlocked.Increment(ref _received);
                    if (isProbe || Interlocked.Decrement(ref _answersLeft) >= 0)
                    {
                        await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray(), _end.Token);
                        continue;
                    }
                    if (cut == Cut.Reset) socket.LingerState = new LingerOption(true, 0);
                    else socket.Shutdown(SocketShutdown.Both);
                    return;
                }
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException)
            {
                // The other side or the test ended it.
            }
        }
    }

    private async Task<string?> ReadRequestAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var count = await socket.ReceiveAsync(buffer, _end.Token);
            if (count == 0) return null;
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        return text.ToString();
    }

    private static bool IsWhole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return false;
        var length = text[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return length is null || text.Length >= end + 4 + int.Parse(length.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
