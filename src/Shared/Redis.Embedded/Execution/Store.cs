using ShopSession.Redis.Embedded.Connections;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Persistence;
using ShopSession.Redis.Embedded.Protocol;
using ShopSession.Redis.Embedded.PubSub;
using ShopSession.Redis.Embedded.Tracking;

namespace ShopSession.Redis.Embedded.Execution;

/// <summary>
/// Everything that the store holds: the databases and who must hear about changes. It belongs to the executor; nothing in it is safe to
/// touch from elsewhere.
/// </summary>
internal sealed class Store
{
    /// <summary>"Now" while the log is replayed: before every expiry, so that the log's own deletions decide what is gone.</summary>
    public const long LoadingTime = long.MinValue;

    private readonly MemoryMeter _meter = new();
    private readonly TimeProvider _time;

    public Store(StoreSettings settings, TimeProvider time)
    {
        Settings = settings;
        _time = time;
        Databases = new Database[settings.Databases];
        for (var i = 0; i < Databases.Length; i++) Databases[i] = new Database(i, _meter);
        Budget = new ClientBudget(Math.Max(settings.MaxMemory, 64L * 1024 * 1024));
        OutputBudget = new ClientBudget(settings.OutputLimit);
        Watches = new WatchTable();
        Clients = new ClientRegistry();
        PubSub = new PubSubHub();
        Tracking = new TrackingHub(Clients);
        StartedAt = Now;
    }

    public StoreSettings Settings { get; }

    public Database[] Databases { get; }

    public WatchTable Watches { get; }

    public ClientRegistry Clients { get; }

    public PubSubHub PubSub { get; }

    public TrackingHub Tracking { get; }

    public EffectBuffer Effects { get; } = new();

    /// <summary>For commands that are not finished and what else clients hold.</summary>
    public ClientBudget Budget { get; }

    /// <summary>For replies and messages that are not sent.</summary>
    public ClientBudget OutputBudget { get; }

    public StoreStatistics Statistics { get; } = new();

    public Random Random { get; } = new();

    public CommandTable Commands { get; } = new();

    /// <summary>The log and what can be asked of it.</summary>
    public IPersistence Persistence { get; set; } = NoPersistence.Instance;

    public bool IsLoading { get; set; }

    /// <summary>Takes what an operator should know.</summary>
    public Action<string> Report { get; init; } = _ => { };

    /// <summary>Ends the whole store; what SHUTDOWN calls.</summary>
    public Action ShutdownRequested { get; set; } = () => { };

    public long StartedAt { get; }

    public long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public DateTimeOffset UtcNow => _time.GetUtcNow();

    public long UsedMemory => _meter.Used + Budget.Used;

    public long DataMemory => _meter.Used;

    public long PeakMemory => _meter.Peak;

    /// <summary>A key that exists. One that has ended is removed first, which is announced and logged.</summary>
    public KeyEntry? Find(Database database, ReadOnlySpan<byte> key, long now)
    {
        var entry = database.Find(key);
        if (entry is null || entry.ExpiresAt == KeyEntry.Never || entry.ExpiresAt > now) return entry;
        Expire(database, entry);
        return null;
    }

    /// <summary>Removes keys that have ended, at most <paramref name="limit"/>. <see langword="true"/>: there may be more.</summary>
    public bool ExpireDue(long now, int limit)
    {
        foreach (var database in Databases)
            while (database.Expiries.Next is { } entry && entry.ExpiresAt <= now)
            {
                if (limit-- == 0) return true;
                Expire(database, entry);
            }

        return false;
    }

    /// <summary>A key changed: transactions that watch it fail, clients that track it are told.</summary>
    public void Signal(Client? by, Database database, byte[] key)
    {
        if (IsLoading) return;
        Watches.Touch(database.Index, key);
        Tracking.Invalidate(by, key);
        Effects.Touch(database.Index, key);
    }

    /// <summary>Empties databases and tells everyone who watches or tracks.</summary>
    public void Flush(IEnumerable<Database> databases)
    {
        foreach (var database in databases)
        {
            if (!IsLoading) Watches.TouchAll(database);
            database.Clear();
            Effects.Flush(database.Index);
        }

        if (!IsLoading) Tracking.InvalidateAll();
    }

    private void Expire(Database database, KeyEntry entry)
    {
        database.Remove(entry.Key);
        Effects.Add(database.Index, ["DEL"u8.ToArray(), entry.Key]);
        Signal(null, database, entry.Key);
        Statistics.ExpiredKeys++;
    }
}
