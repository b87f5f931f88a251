using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Keyspace;
using ShopSession.Redis.Embedded.Protocol;
using ShopSession.Redis.Embedded.PubSub;
using ShopSession.Redis.Embedded.Tracking;

namespace ShopSession.Redis.Embedded.Connections;

/// <summary>A client as the store sees it. Belongs to the executor.</summary>
internal sealed class Client(long id, IClientOutput output, Database database, IClientConnection connection, ClientMemory memory)
{
    public long Id { get; } = id;

    public IClientOutput Output { get; } = output;

    public IClientConnection Connection { get; } = connection;

    public string Address { get; init; } = "";

    public string LocalAddress { get; init; } = "";

    public long ConnectedAt { get; init; }

    public long LastInteraction { get; set; }

    public string Name { get; set; } = "";

    public string LibraryName { get; set; } = "";

    public string LibraryVersion { get; set; } = "";

    public string LastCommand { get; set; } = "";

    public bool IsAuthenticated { get; set; }

    public int ProtocolVersion { get; set; } = 2;

    public bool IsExemptFromEviction { get; set; }

    public Database Database { get; set; } = database;

    public ReplyMode ReplyMode { get; set; }

    /// <summary>The queue of MULTI, or <see langword="null"/> outside of one.</summary>
    public TransactionQueue? Transaction { get; set; }

    /// <summary>What the client holds without storing it.</summary>
    public ClientMemory Memory { get; } = memory;

    /// <summary>The part of it that is remembered for the client between commands.</summary>
    public MemoryShare Held { get; } = new(memory);

    /// <summary>Watched keys, and whether each had already ended when it was watched.</summary>
    public Dictionary<(int Database, ByteKey Key), bool> Watched { get; } = [];

    /// <summary>A watched key changed: EXEC will execute nothing.</summary>
    public bool WatchFailed { get; set; }

    public HashSet<ByteKey> Channels { get; } = [];

    public HashSet<ByteKey> Patterns { get; } = [];

    public bool HasSubscriptions => Channels.Count + Patterns.Count > 0;

    /// <summary>The client's tracking, or <see langword="null"/> when it does not track.</summary>
    public TrackingState? Tracking { get; set; }

    /// <summary>Invalidations caused by its own running command; they follow its reply, also when a transaction has ended the tracking meanwhile. <see langword="null"/>: all keys.</summary>
    public List<byte[]?> Invalidated { get; } = [];

    /// <summary>Whether one of its commands is being executed right now.</summary>
    public bool IsExecuting { get; set; }

    /// <summary>The reply that is being written while a command executes. Messages to the client itself go in between.</summary>
    public ReplyWriter? Scratch { get; set; }

    /// <summary>The connection ends when what has been replied is sent; no further command is executed.</summary>
    public bool IsClosing { get; set; }

    public bool IsReplySuppressed => ReplyMode is ReplyMode.Off or ReplyMode.SkipThis;

    /// <summary>Messages that the client did not ask for just now; it is told apart from replies by the limit that applies.</summary>
    public void Push(ReadOnlySpan<byte> encoded, long limit)
    {
        if (Scratch is { } scratch && !IsReplySuppressed)
        {
            scratch.Raw(encoded);
            return;
        }

        if (Output.Pending + encoded.Length > limit)
        {
            Close("messages beyond the limit of client output");
            return;
        }

        Output.Append(encoded);
        Connection.HasPushes(this);
    }

    /// <summary>Ends the connection at once; what has not been sent is lost.</summary>
    public void Close(string reason)
    {
        IsClosing = true;
        Connection.Close(reason);
    }

    public void AfterCommand()
    {
        ReplyMode = ReplyMode switch { ReplyMode.SkipNext => ReplyMode.SkipThis, ReplyMode.SkipThis => ReplyMode.On, var mode => mode };
        // CLIENT CACHING is about the next command alone, or about the next transaction as a whole.
        if (Tracking is { } tracking && Transaction is null && !LastCommand.StartsWith("client|", StringComparison.Ordinal)) tracking.CachingGiven = false;
    }
}
