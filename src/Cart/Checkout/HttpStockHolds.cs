using System.Net;
using ShopSession.Cart.Catalog;

namespace ShopSession.Cart.Checkout;

/// <summary>Stock holds over the Catalog's internal HTTP interface.</summary>
internal sealed class HttpStockHolds(IHttpClientFactory clients) : IStockHolds
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Task<HoldResult> HoldAsync(Guid order, IReadOnlyList<HoldLine> lines, TimeSpan duration, CancellationToken cancellationToken) => CallAsync(
        HttpMethod.Post,
        "/internal/holds",
        JsonContent.Create(new { orderId = order, lines, seconds = (int)duration.TotalSeconds }),
        async (response, limit) =>
        {
            if (response.StatusCode == HttpStatusCode.Conflict && await response.Content.ReadFromJsonAsync<ShortageJson>(limit) is { Shortages: { Length: > 0 } shortages }) return new HoldResult(null, shortages);
            Ensure(response);
            return new HoldResult((await response.Content.ReadFromJsonAsync<HeldJson>(limit))!.ExpiresAt, []);
        },
        cancellationToken);

    public Task<bool> ConfirmAsync(Guid order, CancellationToken cancellationToken) => CallAsync(
        HttpMethod.Post,
        $"/internal/holds/{order}/confirm",
        null,
        (response, _) =>
        {
            if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound) return Task.FromResult(false);
            Ensure(response);
            return Task.FromResult(true);
        },
        cancellationToken);

    public Task ReleaseAsync(Guid order, CancellationToken cancellationToken) => CallAsync(
        HttpMethod.Delete,
        $"/internal/holds/{order}",
        null,
        (response, _) =>
        {
            // Conflict: taken for good before; there is nothing held any more.
            if (response.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Conflict)) Ensure(response);
            return Task.FromResult(true);
        },
        cancellationToken);

    public Task<bool> ReturnAsync(Guid order, CancellationToken cancellationToken) => CallAsync(
        HttpMethod.Post,
        $"/internal/holds/{order}/return",
        null,
        (response, _) =>
        {
            if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound) return Task.FromResult(false);
            Ensure(response);
            return Task.FromResult(true);
        },
        cancellationToken);

    private async Task<T> CallAsync<T>(
        HttpMethod method, string path, HttpContent? content, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            // With its length known, the body is one piece on the wire and can be sent again to another replica.
            if (content is not null) await content.LoadIntoBufferAsync(limit.Token);
            using var response = await clients.CreateClient(HttpCatalog.Client).SendAsync(request, limit.Token);
            return await read(response, limit.Token);
        }
        catch (Exception exception) when (HttpCatalog.IsNoAnswer(exception, cancellationToken))
        {
            throw new CatalogUnavailableException($"The catalog did not answer {method} {path}.", exception);
        }
    }

    private static void Ensure(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"The catalog answered {(int)response.StatusCode}.", null, response.StatusCode);
    }

    private sealed record HeldJson(DateTimeOffset ExpiresAt);

    private sealed record ShortageJson(StockShortage[]? Shortages);
}
