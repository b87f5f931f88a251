using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using ShopSession.Sessions;
using ShopSession.Sessions.Transports;

namespace ShopSession.Web.CartSummary;

/// <summary>Asks the cart service, with the visitor's own credentials and little patience.</summary>
internal sealed partial class RemoteCartSummary(IHttpClientFactory clients, IOptions<SharedSessionOptions> session, ILogger<RemoteCartSummary> logger) : ICartSummary
{
    private const string Path = "/internal/cart/summary";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public async ValueTask<CartGlance?> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, Path + Credentials(context.Request));
        foreach (var name in (string[])[HeaderNames.Cookie, HeaderNames.Authorization])
        {
            if (context.Request.Headers.TryGetValue(name, out var value)) request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value);
        }

        try
        {
            using var response = await clients.CreateClient("cart").SendAsync(request, limit.Token);
            if (!response.IsSuccessStatusCode) return null;
            return await response.Content.ReadFromJsonAsync<CartGlance>(limit.Token);
        }
        // It is an ornament: a page is never worse for its absence.
        catch (Exception exception) when (exception is HttpRequestException or System.Text.Json.JsonException || (exception is OperationCanceledException or Polly.Timeout.TimeoutRejectedException && !cancellationToken.IsCancellationRequested))
        {
            LogNoAnswer(logger, exception.Message);
            return null;
        }
    }

    /// <summary>The id where the visitor's own address carries it, as the lab allows.</summary>
    private string Credentials(HttpRequest request) =>
        session.Value.Transport == SessionTransports.Url && request.Query[session.Value.UrlParameter] is [{ } id, ..] ? $"?{session.Value.UrlParameter}={Uri.EscapeDataString(id)}" : "";

    [LoggerMessage(2201, LogLevel.Debug, "The cart did not say in time how full it is: {Reason}")]
    private static partial void LogNoAnswer(ILogger logger, string reason);
}
