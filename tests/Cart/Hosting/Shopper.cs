using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ShopSession.Cart.Tests.Hosting;

/// <summary>A browser without pages: keeps cookies, also Secure ones over plain http as browsers do on localhost, and talks to any replica.</summary>
public sealed class Shopper(params Uri[] hosts) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });
    private readonly Dictionary<string, string> _cookies = [];
    private int _turn;

    public IReadOnlyDictionary<string, string> Cookies
    {
        get
        {
            lock (_cookies) return new Dictionary<string, string>(_cookies);
        }
    }

    /// <summary>A second browser that starts with this one's cookies, as two tabs whose requests cross.</summary>
    public Shopper Twin()
    {
        var twin = new Shopper(hosts);
        twin.Take(this);
        return twin;
    }

    /// <summary>Takes another browser's cookies over.</summary>
    public void Take(Shopper other)
    {
        foreach (var (name, value) in other.Cookies) _cookies[name] = value;
    }

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Reply> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), headers);

    public Task<Reply> PutAsync(string path, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, path, JsonContent.Create(body), headers);

    public Task<Reply> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, null, headers);

    public Task<Reply> FormAsync(string path, Dictionary<string, string> fields, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields), headers);

    public async Task<Reply> AddAsync(int product, int quantity = 1) => await PostAsync("/api/cart/items", new { productId = product, quantity });

    public async Task<JsonNode> CartAsync() => (await GetAsync("/api/cart")).Ok();

    /// <summary>Signs in; <paramref name="claims"/> such as <c>role=admin</c> are added.</summary>
    public async Task SignInAsync(string user, string claims = "") => (await PostAsync($"/test/sign-in/{user}?{claims}")).Expect(200);

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var host = hosts[(uint)Interlocked.Increment(ref _turn) % hosts.Length];
        using var request = new HttpRequestMessage(method, new Uri(host, path)) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        lock (_cookies)
        {
            if (_cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies)) Keep(cookies);
        return await Reply.ReadAsync(response);
    }

    public void Dispose() => _http.Dispose();

    private void Keep(IEnumerable<string> cookies)
    {
        lock (_cookies)
        {
            foreach (var cookie in cookies)
            {
                var pair = cookie.Split(';')[0].Split('=', 2);
                if (pair[1].Length == 0) _cookies.Remove(pair[0]);
                else _cookies[pair[0]] = pair[1];
            }
        }
    }
}
