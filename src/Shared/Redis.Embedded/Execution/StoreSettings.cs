namespace ShopSession.Redis.Embedded.Execution;

/// <summary>Settings that commands read and CONFIG SET may change.</summary>
internal sealed class StoreSettings
{
    public int Port { get; set; }

    public string Bind { get; init; } = "127.0.0.1";

    public string Directory { get; init; } = "";

    public int Databases { get; init; } = 16;

    public long MaxMemory { get; set; } = 256L * 1024 * 1024;

    public int MaxBulkBytes { get; set; } = 512 * 1024 * 1024;

    public int MaxClients { get; set; } = 10_000;

    /// <summary>The most clients that the system allows.</summary>
    public int PossibleClients { get; init; } = int.MaxValue;

    public string? Password { get; set; }

    public bool FsyncAlways { get; set; }

    public long RewriteMinimumBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Bytes of effects after which a transaction may change nothing more: one record takes them all, and they wait in memory until then.</summary>
    public long EffectsLimit => Math.Clamp(MaxMemory, 64L * 1024 * 1024, 1024L * 1024 * 1024);

    /// <summary>Replies that may wait to be sent, of one client and of all together.</summary>
    public long OutputLimit { get; init; } = 512L * 1024 * 1024;

    /// <summary>Messages and invalidations of one client that may wait to be sent: who does not keep up is disconnected.</summary>
    public long PushLimit { get; set; } = 32L * 1024 * 1024;

    /// <summary>Keys that clients in the default tracking mode may have remembered for them, over all clients.</summary>
    public int TrackingTableKeys { get; set; } = 1_000_000;

    /// <summary>Bytes that those keys may take. As with their number, what is beyond is forgotten and announced as if it had changed.</summary>
    public long TrackingMemory => Math.Max(MaxMemory / 2, 16L * 1024 * 1024);
}
