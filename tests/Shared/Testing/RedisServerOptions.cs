namespace ShopSession.Testing;

/// <summary>How a <see cref="RedisServerProcess"/> is started.</summary>
public sealed record RedisServerOptions
{
    /// <summary>Keeps an append-only file, so that data is there again after a restart.</summary>
    public bool AppendOnly { get; init; }

    /// <summary>Asks for this password.</summary>
    public string? Password { get; init; }

    /// <summary>Speaks TLS with a certificate made for this server, for <c>localhost</c> and 127.0.0.1.</summary>
    public bool Tls { get; init; }

    /// <summary>Runs as a node of a cluster (which still has to be created).</summary>
    public bool Cluster { get; init; }

    /// <summary>Is redis-server or valkey-server also where tests run on the embedded store: for what that has not, such as scripts, or does in a way of its own, such as laying out memory.</summary>
    public bool IsReal { get; init; }

    /// <summary>More arguments for the command line, for example <c>["--maxmemory", "10mb"]</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
