using System.Net;

namespace ShopSession.Sessions.Tests.Harness;

/// <summary>A browser as far as the session's cookie goes: keeps it, sends it to whichever replica is asked.</summary>
internal sealed class Browser : IDisposable
{
    public const string CookieName = "__Secure-shop.sid";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    public string? Cookie { get; set; }

    public string? LastSetCookie { get; private set; }

    /// <summary>Cookies whose names begin with the session cookie's: further pieces of it.</summary>
    public Dictionary<string, string> Pieces { get; private init; } = [];

    public Browser Clone() => new() { Cookie = Cookie, Pieces = new Dictionary<string, string>(Pieces) };

    /// <summary>Keeps what <paramref name="other"/>, another tab of this browser, was given last.</summary>
    public void TakeOver(Browser other)
    {
        Cookie = other.Cookie;
        Pieces.Clear();
        foreach (var (name, value) in other.Pieces) Pieces[name] = value;
    }

    public Task<HttpResponseMessage> GetAsync(Replica replica, string path) => SendAsync(replica, HttpMethod.Get, path);

    public Task<HttpResponseMessage> PostAsync(Replica replica, string path) => SendAsync(replica, HttpMethod.Post, path);

    public async Task<string> TextAsync(Replica replica, string path)
    {
        using var response = await GetAsync(replica, path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async Task<string> PostOkAsync(Replica replica, string path)
    {
        using var response = await PostAsync(replica, path);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return text;
    }

    public async Task<HttpResponseMessage> SendAsync(Replica replica, HttpMethod method, string path, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(replica.Address, path));
        if (Cookie is not null) request.Headers.Add("Cookie", string.Join("; ", Pieces.Select(piece => $"{piece.Key}={piece.Value}").Prepend($"{CookieName}={Cookie}")));
        change?.Invoke(request);
        var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var values))
        {
            foreach (var piece in values.Where(value => value.StartsWith(CookieName + ".", StringComparison.Ordinal)))
            {
                var equals = piece.IndexOf('=', StringComparison.Ordinal);
                var text = piece[(equals + 1)..piece.IndexOf(';', StringComparison.Ordinal)];
                if (text.Length == 0) Pieces.Remove(piece[..equals]);
                else Pieces[piece[..equals]] = text;
            }

            foreach (var value in values.Where(value => value.StartsWith(CookieName + "=", StringComparison.Ordinal) && value.Contains("domain=shop.localhost", StringComparison.OrdinalIgnoreCase) && value.Contains("path=/;", StringComparison.OrdinalIgnoreCase)))
            {
                LastSetCookie = value;
                var text = value[(CookieName.Length + 1)..value.IndexOf(';', StringComparison.Ordinal)];
                Cookie = text.Length == 0 ? null : text;
            }
        }

        return response;
    }

    public void Dispose() => _http.Dispose();
}
