namespace ShopSession.Gateway.Failover;

/// <summary>Stands between YARP and the sockets and finds out whether a failed request was sent, see <see cref="TrackedContent"/>.</summary>
internal sealed class SendTrackingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(ForwardAttempt.Key, out var attempt) && NeedsTracking(request))
            request.Content = new TrackedContent(request.Content, attempt);
        using var either = attempt is not null && !NeedsTracking(request) && attempt.Silence.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(attempt.Silence, cancellationToken)
            : null;
        try
        {
            return await base.SendAsync(request, either?.Token ?? cancellationToken);
        }
        catch (OperationCanceledException silence) when (either is not null && attempt!.Silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            attempt.IsAbandoned = true;
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The replica answers neither the request nor its probe; another one is ready.", silence);
        }
        catch (OperationCanceledException timeout) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody cancelled: the handler's own limit for connecting ran out. Said like any other failed connection.
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The replica did not accept a connection in time.", timeout);
        }
    }

    private static bool NeedsTracking(HttpRequestMessage request) => request.Content is not null || !RetryRules.IsSafe(request.Method.Method);
}
