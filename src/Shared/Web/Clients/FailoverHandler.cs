using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using ShopSession.Web.Forwarding;

namespace ShopSession.Web.Clients;

/// <summary>
/// Sends a request to a replica of a sibling, and to the next one when that is safe: always when no connection came about (the request
/// was certainly not sent), for GET and HEAD also when the replica failed or did not answer in time.
/// </summary>
internal sealed class FailoverHandler(ServiceAddresses addresses, string gatewayKey) : DelegatingHandler
{
    // Generous for a loaded machine; a caller in a hurry cancels by itself.
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(5);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var order = addresses.InOrder();
        if (order.Count == 0) throw new HttpRequestException(HttpRequestError.NameResolutionError, $"No address of the service \"{addresses.Service}\" is configured: set services:{addresses.Service}:http:0.");
        if (gatewayKey.Length > 0) request.Headers.TryAddWithoutValidation(GatewayKey.Header, gatewayKey);
        var target = request.RequestUri ?? new Uri("/", UriKind.Relative);
        var pathAndQuery = target.IsAbsoluteUri ? target.PathAndQuery : target.OriginalString;
        var attempt = 0;
        return await Pipeline(request, order.Count).ExecuteAsync(async token =>
        {
            var address = order[attempt++ % order.Count];
            request.RequestUri = new Uri(address, pathAndQuery);
            try
            {
                var response = await base.SendAsync(request, token);
                addresses.Answered(address);
                return response;
            }
            catch (HttpRequestException exception) when (WasNotSent(exception))
            {
                addresses.Failed(address);
                throw;
            }
        }, cancellationToken);
    }

    private static ResiliencePipeline<HttpResponseMessage> Pipeline(HttpRequestMessage request, int count)
    {
        var repeatable = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage>();
        if (count > 1)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = count - 1,
                Delay = TimeSpan.Zero,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome switch
                {
                    { Exception: HttpRequestException exception } => WasNotSent(exception) || repeatable,
                    { Exception: TimeoutRejectedException } => repeatable,
                    { Result.StatusCode: >= HttpStatusCode.InternalServerError } => repeatable,
                    _ => false,
                }),
                OnRetry = arguments =>
                {
                    arguments.Outcome.Result?.Dispose();
                    return ValueTask.CompletedTask;
                },
            });
        }

        return builder.AddTimeout(AttemptLimit).Build();
    }

    private static bool WasNotSent(HttpRequestException exception) =>
        exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
}
