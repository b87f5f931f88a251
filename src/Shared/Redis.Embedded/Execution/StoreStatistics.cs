namespace ShopSession.Redis.Embedded.Execution;

/// <summary>Counters that INFO shows.</summary>
internal sealed class StoreStatistics
{
    public long Connections { get; set; }

    public long RejectedConnections { get; set; }

    public long Commands { get; set; }

    public long ExpiredKeys { get; set; }

    public long Errors { get; set; }
}
