using System.Net;
using System.Net.Http.Json;
using ShopSession.E2E.Tests.Http;

namespace ShopSession.Lab.Bench.Running;

/// <summary>A session that is driven at chosen replicas, past the gateway, by the endpoints that exist with <c>Session:Lab</c> (src/Shared/Web/Lab). Not safe for concurrent use.</summary>
internal sealed class ReplicaClient(HttpClient http, string gatewayKey)
{
    private const string Host = $"{LabShop.Measured}.{LabShop.Domain}";
    private const string Session = "/internal/lab/session";
    private CookieJar _cookies = new();

    /// <summary>A token to show instead of cookies.</summary>
    public string? Bearer { get; init; }

    /// <summary>Bytes of the Cookie header of each request.</summary>
    public int CookieBytes => _cookies.HeaderFor(Host).Length;

    /// <summary>Another browser with the same cookies, which does not notice when this one is told to drop them.</summary>
    public ReplicaClient Copy()
    {
        var copy = new ReplicaClient(http, gatewayKey) { _cookies = new CookieJar(), Bearer = Bearer };
        foreach (var name in _cookies.Names) copy._cookies.Put(name, _cookies[name]!, LabShop.Domain);
        return copy;
    }

    /// <summary>Changes one character in the middle of the session's cookie.</summary>
    public void Tamper()
    {
        var value = _cookies[Visitor.SessionCookie] ?? throw new LabException("There is no session cookie to tamper with.");
        var middle = value.Length / 2;
        _cookies.Put(Visitor.SessionCookie, $"{value[..middle]}{(value[middle] == 'A' ? 'B' : 'A')}{value[(middle + 1)..]}", LabShop.Domain);
    }

    public Task<string> SignInAsync(Uri replica, string user, CancellationToken cancellationToken) => AskAsync(HttpMethod.Post, replica, $"{Session}/sign-in/{user}", cancellationToken);

    public Task SignOutAsync(Uri replica, CancellationToken cancellationToken) => AskAsync(HttpMethod.Post, replica, $"{Session}/sign-out", cancellationToken);

    /// <summary>The signed-in user's name, or nothing. Changes neither the session nor the cookies.</summary>
    public Task<string> SeenAsync(Uri replica, CancellationToken cancellationToken) => AskAsync(HttpMethod.Get, replica, $"{Session}/seen", cancellationToken, keep: false);

    public Task<string> ReadAsync(Uri replica, string name, CancellationToken cancellationToken) => AskAsync(HttpMethod.Get, replica, $"{Session}/values/{name}", cancellationToken, keep: false);

    public Task WriteAsync(Uri replica, string name, string value, CancellationToken cancellationToken) => AskAsync(HttpMethod.Put, replica, PathTo(name, value), cancellationToken);

    /// <summary>Writes what may be refused.</summary>
    public async Task<HttpStatusCode> TryWriteAsync(Uri replica, string name, string value, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Put, replica, PathTo(name, value), keep: true, cancellationToken);
        return answer.StatusCode;
    }

    /// <summary>A request that touches no session.</summary>
    public Task AliveAsync(Uri replica, CancellationToken cancellationToken) => AskAsync(HttpMethod.Get, replica, "/alive", cancellationToken, keep: false);

    /// <summary>What a replica has cost so far.</summary>
    public async Task<ReplicaCost> CostAsync(Uri replica, bool collect, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, replica, $"/internal/lab/costs?collect={collect}", keep: false, cancellationToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<ReplicaCost>(cancellationToken) ?? throw new LabException($"{replica} told nothing of its costs.");
    }

    private static string PathTo(string name, string value) => $"{Session}/values/{name}?value={value}";

    private async Task<string> AskAsync(HttpMethod method, Uri replica, string path, CancellationToken cancellationToken, bool keep = true)
    {
        using var answer = await SendAsync(method, replica, path, keep, cancellationToken);
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.NoContent)) throw new LabException($"{method} {path} at {replica} was answered with {(int)answer.StatusCode}.");
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri replica, string path, bool keep, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(replica, path));
        request.Headers.TryAddWithoutValidation("X-Shop-Gateway-Key", gatewayKey);
        if (Bearer is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Bearer}");
        else if (_cookies.HeaderFor(Host) is { Length: > 0 } cookies) request.Headers.TryAddWithoutValidation("Cookie", cookies);
        var answer = await http.SendAsync(request, cancellationToken);
        if (keep && answer.Headers.TryGetValues("Set-Cookie", out var lines))
            foreach (var line in lines) _cookies.Store(Host, line);
        return answer;
    }
}
