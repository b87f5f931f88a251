using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ShopSession.Auth.Tests.Harness;

/// <summary>A client with cookies that speaks to each replica in turn, under auth's public name.</summary>
internal sealed class Browser(IReadOnlyList<AuthReplica> replicas) : IDisposable
{
    public const string SessionCookie = "__Secure-shop.sid";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);
    private int _turn;

    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    public string? Bearer { get; set; }

    public string UserAgent { get; set; } = "";

    public Browser Another() => new(replicas);

    public Browser WithCookiesOf(Browser other)
    {
        foreach (var (name, value) in other._cookies) _cookies[name] = value;
        return this;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<HttpResponseMessage> JsonAsync(HttpMethod method, string path, object? body = null) =>
        SendAsync(method, path, body is null ? null : JsonContent.Create(body));

    public Task<HttpResponseMessage> FormAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) => SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields));

    /// <summary>Sends JSON, checks the status, and returns the answer's JSON (default when there is none).</summary>
    public async Task<JsonElement> ExpectAsync(HttpStatusCode status, HttpMethod method, string path, object? body = null)
    {
        using var answer = await JsonAsync(method, path, body);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == answer.StatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public Task<JsonElement> SignInAsync(Person person, bool rememberMe = false) =>
        ExpectAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/login", new { email = person.Email, password = person.Password, rememberMe });

    public async Task<bool> IsSignedInAsync() => (await ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/session")).GetProperty("authenticated").GetBoolean();

    public async Task<string> UserIdAsync() => (await ExpectAsync(HttpStatusCode.OK, HttpMethod.Get, "/api/session")).GetProperty("userId").GetString()!;

    /// <summary>Confirms the address of an account by its mail.</summary>
    public async Task ConfirmEmailAsync(Person person) =>
        await ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Post, "/api/email/confirm", new { token = await Mailbox.TokenAsync(this, person.Email, "Confirm your email address") });

    /// <summary>Sends to the next replica.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, Action<HttpRequestMessage>? change = null)
    {
        var replica = replicas[Interlocked.Increment(ref _turn) % replicas.Count];
        using var request = new HttpRequestMessage(method, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{replica.Port}{path}"))) { Content = content };
        request.Headers.Host = $"auth.shop.localhost:{AuthReplica.PublicPort}";
        if (_cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        if (Bearer is not null) request.Headers.Authorization = new("Bearer", Bearer);
        if (UserAgent.Length > 0) request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        change?.Invoke(request);
        var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        if (answer.Headers.TryGetValues("Set-Cookie", out var values)) foreach (var value in values) Keep(value);
        return answer;
    }

    public void Dispose() => _http.Dispose();

    private void Keep(string setCookie)
    {
        var pair = setCookie[..setCookie.IndexOf(';', StringComparison.Ordinal)].Split('=', 2);
        var gone = pair[1].Length == 0 || setCookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase);
        // A stray of another path or host is not the cookie that this browser holds.
        if (gone && !setCookie.Contains("domain=shop.localhost", StringComparison.OrdinalIgnoreCase)) return;
        if (gone) _cookies.Remove(pair[0]);
        else _cookies[pair[0]] = pair[1];
    }
}
