using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using ShopSession.E2E.Tests.Http;

namespace ShopSession.Lab.Bench.Running;

/// <summary>
/// A browser of its own: cookies, connections, and an address (one of 127.0.0.0/8), all through the gateway. Not safe for concurrent use.
/// </summary>
internal sealed class Visitor : IDisposable
{
    public const string SessionCookie = "__Secure-shop.sid";

    private const int MostAttempts = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient _http;
    private readonly int _port;

    public Visitor(int gatewayPort, IPAddress address)
    {
        _port = gatewayPort;
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(address, 0));
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, gatewayPort), cancellationToken);
                return Bytes.Around(new NetworkStream(socket, ownsSocket: true));
            },
        })
        {
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public CookieJar Cookies { get; } = new();

    public ByteCount Bytes { get; } = new();

    /// <summary>Whether the last look found the visitor signed in.</summary>
    public bool IsSignedIn { get; private set; }

    /// <summary>Bytes of the Cookie header of a request to the measured service, after the last sign-in.</summary>
    public int CookieBytes { get; private set; }

    /// <summary>A token to show instead of cookies.</summary>
    public string? Bearer { get; set; }

    /// <summary>What each address ends with, without the question mark; <see langword="null"/>: nothing.</summary>
    public string? Query { get; init; }

    /// <summary>Which replica answered last.</summary>
    public string Replica { get; private set; } = "";

    public async Task SignInAsync(CancellationToken cancellationToken)
    {
        using var answer = await SignInAsync("cookie", cancellationToken);
        IsSignedIn = true;
        CookieBytes = Cookies.HeaderFor($"{LabShop.Measured}.{LabShop.Domain}").Length;
    }

    /// <summary>Signs in as an API client does: by a token, which <see cref="Bearer"/> then shows.</summary>
    public async Task SignInByTokenAsync(CancellationToken cancellationToken)
    {
        using var answer = await SignInAsync("token", cancellationToken);
        Bearer = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("token").GetString();
        IsSignedIn = true;
    }

    public async Task SignOutAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, "auth", "/api/logout", null, cancellationToken);
        if (!answer.IsSuccessStatusCode) throw new LabException($"A sign-out was answered with {(int)answer.StatusCode}.");
        IsSignedIn = false;
    }

    /// <summary>
    /// Asks a service who the visitor is. "Not now" (503: the store is just coming back) is not "nobody": it is asked again for some seconds, and only then counts as lost.
    /// </summary>
    public async Task LookAsync(string service, CancellationToken cancellationToken)
    {
        IsSignedIn = false;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            using var answer = await SendAsync(HttpMethod.Get, service, "/api/session", null, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                IsSignedIn = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("authenticated").GetBoolean();
                return;
            }
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>How many of the shop's services know the visitor's login.</summary>
    public async Task<int> CountKnownAsync(CancellationToken cancellationToken)
    {
        var known = 0;
        foreach (var service in LabShop.Services)
        {
            await LookAsync(service, cancellationToken);
            if (IsSignedIn) known++;
        }

        return known;
    }

    /// <summary>A page, and what it tells browsers to say to other sites about it.</summary>
    public async Task<(string Html, string ReferrerPolicy)> PageAsync(string service, string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, service, path, null, cancellationToken);
        if (!answer.IsSuccessStatusCode) throw new LabException($"{service}{path} was answered with {(int)answer.StatusCode}.");
        return (await answer.Content.ReadAsStringAsync(cancellationToken), answer.Headers.TryGetValues("Referrer-Policy", out var policies) ? string.Join(", ", policies) : "none");
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SignInAsync(string transport, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Post, "auth", "/api/login", new { email = "demo@shop.localhost", password = "correct horse battery staple", transport }, cancellationToken);
        if (!answer.IsSuccessStatusCode) throw new LabException($"A sign-in was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        return answer;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string service, string path, object? json, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://{service}.{LabShop.Domain}:{_port}{path}{(Query is null ? "" : $"?{Query}")}");
        using var request = new HttpRequestMessage(method, address);
        if (json is not null) request.Content = JsonContent.Create(json);
        if (Bearer is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Bearer}");
        if (Cookies.HeaderFor(address.Host) is { Length: > 0 } cookies) request.Headers.TryAddWithoutValidation("Cookie", cookies);
        var answer = await _http.SendAsync(request, cancellationToken);
        if (answer.Headers.TryGetValues("Set-Cookie", out var lines))
            foreach (var line in lines) Cookies.Store(address.Host, line);
        if (answer.Headers.TryGetValues("X-Shop-Replica", out var names)) Replica = names.Single();
        return answer;
    }
}
