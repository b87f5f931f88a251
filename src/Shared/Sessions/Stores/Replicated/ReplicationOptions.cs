namespace ShopSession.Sessions;

/// <summary>How replicas that copy every session to one another find and trust each other; bound from <c>Session:Replication</c>.</summary>
public sealed class ReplicationOptions
{
    /// <summary>The shortest <see cref="Key"/>.</summary>
    public const int MinKeyLength = 16;

    /// <summary>The addresses of all replicas of all services, for example <c>http://10.0.0.5:5001</c>. One's own may be among them.</summary>
    public IList<string> Peers { get; } = [];

    /// <summary>The secret that all replicas share. What they send is encrypted and authenticated under keys made from it.</summary>
    public string Key { get; set; } = "";

    /// <summary>Headers of the requests by which peers connect, for guards that stand before the endpoint.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    /// <summary>How many changes may wait for one peer. A peer that falls further behind is cut off, and copies what it missed when it comes back.</summary>
    public int QueueLength { get; set; } = 10_000;

    /// <summary>How long a starting replica waits for peers that accept its connection but send nothing. After that it serves without their sessions.</summary>
    public TimeSpan JoinTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
