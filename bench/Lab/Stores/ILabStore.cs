namespace ShopSession.Lab.Bench.Stores;

/// <summary>What a shop of the lab keeps its sessions, carts and key ring in: private, on loopback, and gone with it. What it counts is <see langword="null"/> where it cannot be counted.</summary>
internal interface ILabStore : IAsyncDisposable
{
    /// <summary>The Redis of the shop; under every strategy carts and the key ring are there.</summary>
    string RedisConnection { get; }

    /// <summary>Environment variables that make services use it.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Whether a part of it can die and be replaced by another.</summary>
    bool CanFailOver { get; }

    /// <summary>Ends what keeps the sessions as a power cut would, and starts it again on its data.</summary>
    Task RestartAsync(CancellationToken cancellationToken);

    /// <summary>SIGKILL to the part that has most keys; returns when another has its place. The killed one comes back later as that one's replica.</summary>
    Task FailOverAsync(CancellationToken cancellationToken);

    /// <summary>Bytes between it and all its clients so far, both ways.</summary>
    Task<long?> BytesAsync(CancellationToken cancellationToken);

    /// <summary>Bytes of data that it holds.</summary>
    Task<long?> SizeAsync(CancellationToken cancellationToken);

    /// <summary>The part of all keys, 0 to 1, that its fullest shard has.</summary>
    Task<double?> BusiestShardAsync(CancellationToken cancellationToken);
}
