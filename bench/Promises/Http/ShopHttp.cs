using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace ShopSession.Promises.Bench.Http;

/// <summary>
/// Speaks to the shop: by host name through the gateway, or straight to a replica, which believes who carries the gateway's key. Keeps no cookies. Safe for concurrent use.
/// </summary>
internal sealed class ShopHttp : IDisposable
{
    public const string CookieName = "__Secure-shop.sid";

    private readonly HttpClient _http;
    private readonly string _gatewayKey;

    /// <param name="gatewayPort">Names that are no addresses lead there; they need no resolver.</param>
    /// <param name="gatewayKey">Sent to replicas, never through the gateway.</param>
    public ShopHttp(int gatewayPort, string gatewayKey)
    {
        _gatewayKey = gatewayKey;
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var port = IsReplica(context.DnsEndPoint.Host) ? context.DnsEndPoint.Port : gatewayPort;
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        })
        {
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    /// <summary>Asks. <paramref name="cookie"/> is the session's id, or a whole Cookie header when it holds an equals sign.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, Uri address, string? cookie, object? json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        if (json is not null) request.Content = JsonContent.Create(json);
        if (cookie is not null) request.Headers.TryAddWithoutValidation("Cookie", cookie.Contains('=', StringComparison.Ordinal) ? cookie : $"{CookieName}={cookie}");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (IsReplica(address.Host)) request.Headers.TryAddWithoutValidation("X-Shop-Gateway-Key", _gatewayKey);
        var sent = Stopwatch.GetTimestamp();
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            string[] cookies = response.Headers.TryGetValues("Set-Cookie", out var lines) ? [.. lines.Where(line => line.StartsWith(CookieName + "=", StringComparison.Ordinal))] : [];
            return new Answer((int)response.StatusCode, text, cookies, response.Headers.RetryAfter is not null, sent, Stopwatch.GetElapsedTime(sent));
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new Answer(0, problem.Message, [], false, sent, Stopwatch.GetElapsedTime(sent));
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool IsReplica(string host) => IPAddress.TryParse(host, out _);
}
