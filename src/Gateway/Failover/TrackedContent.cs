using System.Net;

namespace ShopSession.Gateway.Failover;

/// <summary>
/// Notes the moment from which a request may have reached a replica. It also stands in where a request that changes something has no
/// body: <see cref="SocketsHttpHandler"/> itself repeats a request without content when a kept connection turns out to be closed
/// before the answer, whatever the method, and a sign-out or an order could so be sent twice. A request whose content was begun is not repeated.
/// </summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly HttpContent? _inner;
    private readonly ForwardAttempt _attempt;

    public TrackedContent(HttpContent? inner, ForwardAttempt attempt)
    {
        _inner = inner;
        _attempt = attempt;
        if (inner is null) return;
        foreach (var header in inner.Headers.NonValidated) Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _attempt.MarkBegun();
        return _inner?.CopyToAsync(stream, context, cancellationToken) ?? Task.CompletedTask;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return _inner is null;
    }
}
