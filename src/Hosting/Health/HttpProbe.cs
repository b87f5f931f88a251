using System.Globalization;

namespace Aspire.Hosting.Health;

/// <summary>Asks a replica over HTTP.</summary>
internal static class HttpProbe
{
    private const int MaxReasonLength = 300;

    // Keeps connections, so that a check costs one small request; follows no redirects, for they lead elsewhere.
    private static readonly HttpClient Client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        ActivityHeadersPropagator = null,
    });

    public static async Task<string?> CheckAsync(Uri url, int expectedStatus, CancellationToken cancellationToken)
    {
        if (!await PortProbe.ListensAsync(url, cancellationToken))
            return $"nothing listens on {url.Authority}";
        try
        {
            using var response = await Client.GetAsync(url, cancellationToken);
            if ((int)response.StatusCode == expectedStatus)
                return null;
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            return string.Create(CultureInfo.InvariantCulture, $"{url.AbsolutePath} answered {(int)response.StatusCode}{Excerpt(body)}");
        }
        catch (HttpRequestException exception)
        {
            return $"{url.AbsolutePath}: {exception.Message}";
        }
    }

    private static string Excerpt(string body)
    {
        var text = body.ReplaceLineEndings(" ").Trim();
        return text.Length == 0 ? "" : ": " + (text.Length > MaxReasonLength ? text[..MaxReasonLength] + "…" : text);
    }
}
