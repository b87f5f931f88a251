using System.Net;
using ShopSession.E2E.Tests.Http;

namespace ShopSession.Lab.Bench.Running;

/// <summary>A session that is driven at chosen replicas, past the gateway, by the endpoints that exist with <c>Session:Lab</c> (src/Shared/Web/Lab). Not safe for concurrent use.</summary>
internal sealed class ReplicaClient(HttpClient http, string gatewayKey)
{
    private const string Host = $"auth.{LabShop.Domain}";
    private CookieJar _cookies = new();

    /// <summary>Another browser with the same cookies, which does not notice when this one is told to drop them.</summary>
    public ReplicaClient Copy()
    {
        var copy = new ReplicaClient(http, gatewayKey) { _cookies = new CookieJar() };
        foreach (var name in _cookies.Names) copy._cookies.Put(name, _cookies[name]!, LabShop.Domain);
        return copy;
    }

    public Task<string> SignInAsync(Uri replica, string user, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, replica, $"/internal/lab/session/sign-in/{user}", cancellationToken);

    public Task SignOutAsync(Uri replica, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, replica, "/internal/lab/session/sign-out", cancellationToken);

    /// <summary>The signed-in user's name, or nothing. Changes neither the session nor the cookies.</summary>
    public Task<string> SeenAsync(Uri replica, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, replica, "/internal/lab/session/seen", cancellationToken, keep: false);

    public Task<string> ReadAsync(Uri replica, string name, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, replica, $"/internal/lab/session/values/{name}", cancellationToken, keep: false);

    public Task WriteAsync(Uri replica, string name, string value, CancellationToken cancellationToken) => SendAsync(HttpMethod.Put, replica, $"/internal/lab/session/values/{name}?value={value}", cancellationToken);

    /// <summary>A request that touches no session.</summary>
    public Task AliveAsync(Uri replica, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, replica, "/alive", cancellationToken, keep: false);

    private async Task<string> SendAsync(HttpMethod method, Uri replica, string path, CancellationToken cancellationToken, bool keep = true)
    {
        using var request = new HttpRequestMessage(method, new Uri(replica, path));
        request.Headers.TryAddWithoutValidation("X-Shop-Gateway-Key", gatewayKey);
        if (_cookies.HeaderFor(Host) is { Length: > 0 } cookies) request.Headers.TryAddWithoutValidation("Cookie", cookies);
        using var answer = await http.SendAsync(request, cancellationToken);
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.NoContent)) throw new LabException($"{method} {path} at {replica} was answered with {(int)answer.StatusCode}.");
        if (keep && answer.Headers.TryGetValues("Set-Cookie", out var lines))
            foreach (var line in lines) _cookies.Store(Host, line);
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }
}
