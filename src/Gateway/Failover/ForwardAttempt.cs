namespace ShopSession.Gateway.Failover;

/// <summary>What is known of one attempt to forward a request. Bound to its request.</summary>
internal sealed class ForwardAttempt
{
    public static readonly HttpRequestOptionsKey<ForwardAttempt> Key = new("ShopSession.Gateway.ForwardAttempt");

    private volatile bool _begun;

    /// <summary>
    /// The replica may have seen the request. Set when a connection stands and the content's turn has come, which is after the headers;
    /// kept over attempts, since a content that was begun cannot be sent again.
    /// </summary>
    public bool Begun => _begun;

    /// <summary>Cancelled when the replica hangs and another could answer instead. Looked at only for requests that may be repeated.</summary>
    public CancellationToken Silence { get; set; }

    /// <summary>The replica was given up because it hung, not because it is gone.</summary>
    public bool IsAbandoned { get; set; }

    public void MarkBegun() => _begun = true;
}
