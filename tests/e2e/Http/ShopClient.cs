using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace ShopSession.E2E.Tests.Http;

/// <summary>
/// A visitor without a browser. Names below <c>.localhost</c> need no resolver: every connection goes to the shop's port on loopback, and
/// the Host header says who is meant. Redirects are not followed; cookies are kept.
/// </summary>
internal sealed class ShopClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _domain;
    private readonly int _port;

    public ShopClient(string domain, int port)
    {
        (_domain, _port) = (domain, port);
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public CookieJar Cookies { get; } = new();

    /// <summary>Sent as <c>Authorization: Bearer</c> when set.</summary>
    public string? Token { get; set; }

    /// <param name="service"><c>auth</c>, <c>cart</c>, <c>catalog</c>; empty for the storefront.</param>
    public Uri Address(string service, string path) => new($"http://{(service.Length > 0 ? service + "." : "")}{_domain}:{_port}{path}");

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string service, string path, object? json = null, Action<HttpRequestMessage>? configure = null)
    {
        var address = Address(service, path);
        using var request = new HttpRequestMessage(method, address);
        if (json is not null) request.Content = JsonContent.Create(json);
        if (Cookies.HeaderFor(address.Host) is { Length: > 0 } cookies) request.Headers.TryAddWithoutValidation("Cookie", cookies);
        if (Token is not null) request.Headers.Authorization = new("Bearer", Token);
        configure?.Invoke(request);
        var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            foreach (var line in set) Cookies.Store(address.Host, line);
        return answer;
    }

    public Task<HttpResponseMessage> GetAsync(string service, string path) => SendAsync(HttpMethod.Get, service, path);

    public Task<HttpResponseMessage> PostAsync(string service, string path, object? json = null) => SendAsync(HttpMethod.Post, service, path, json);

    /// <summary>Asks and expects the status; the answer's JSON, or an empty object where there is none.</summary>
    public async Task<JsonElement> JsonAsync(HttpMethod method, string service, string path, object? json = null, HttpStatusCode expected = HttpStatusCode.OK, Action<HttpRequestMessage>? configure = null)
    {
        using var answer = await SendAsync(method, service, path, json, configure);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == expected, $"{method} {service}{path}: {(int)answer.StatusCode} instead of {(int)expected}: {text}");
        return JsonDocument.Parse(text.Length == 0 ? "{}" : text).RootElement;
    }

    public Task<JsonElement> GetJsonAsync(string service, string path) => JsonAsync(HttpMethod.Get, service, path);

    public void Dispose() => _http.Dispose();
}
