using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ShopSession.Gateway.Tests.Support;

/// <summary>Speaks to a port without any HTTP library, so that malformed requests can be sent.</summary>
internal static class RawHttp
{
    /// <summary>Sends the request and returns the first answer, or what came before the connection ended.</summary>
    public static async Task<string> SendAsync(int port, string request)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        var text = new StringBuilder();
        var buffer = new byte[65536];
        while (!HasWholeAnswer(text.ToString()))
        {
            var count = await socket.ReceiveAsync(buffer, cancellationToken);
            if (count == 0) break;
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        return text.ToString();
    }

    public static int Status(string answer) => answer.Length == 0 ? 0 : int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static bool HasWholeAnswer(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return false;
        var lines = text[..end].Split("\r\n");
        if (lines.Any(line => line.Equals("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))) return text.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
        var length = lines.FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return length is not null && text.Length >= end + 4 + int.Parse(length.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
