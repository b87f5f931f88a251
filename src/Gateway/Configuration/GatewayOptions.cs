namespace ShopSession.Gateway.Configuration;

/// <summary>How the gateway behaves; bound from the configuration section <c>Gateway</c>.</summary>
internal sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>The name of the policy that chooses a replica for each request.</summary>
    public string Balancing { get; set; } = "round-robin";

    /// <summary>
    /// How long a request that no replica has seen waits for one to come back before it is answered with 503. Longer than a service takes to
    /// start, also on a busy machine, so that even the death of all replicas is only a slow page.
    /// </summary>
    public TimeSpan WaitForReplica { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a replica that is ready is asked for <c>/health</c>. A draining replica gets no new requests after at most this long.</summary>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a replica that is not ready is asked; bounds how late it is used again.</summary>
    public TimeSpan ProbeIntervalWhenDown { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a probe may take before the replica counts as not ready.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a replica may be silent within one exchange before it is given up with 504. What may be repeated goes elsewhere much sooner, when the replica leaves a
    /// probe unanswered too; so this bounds the wait of requests that change something, and the slowest of the shop's take a few seconds.
    /// </summary>
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The most bytes of request headers that are forwarded. Below what the services accept (Kestrel's 32 KiB), so that the headers
    /// that the gateway adds always fit.
    /// </summary>
    public int MaxHeaderBytes { get; set; } = 24 * 1024;
}
