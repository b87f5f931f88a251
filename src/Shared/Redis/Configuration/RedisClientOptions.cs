using System.Net.Security;
using ShopSession.Redis.Protocol;

namespace ShopSession.Redis;

/// <summary>How to reach the store and what to expect of it. Set once, before the client is made.</summary>
public sealed class RedisClientOptions
{
    /// <summary>The configuration section for what does not stand in the connection string.</summary>
    public const string Section = "Redis";

    /// <summary>The servers; several for a cluster, where any of them shows the way to the rest.</summary>
    public IList<RedisEndPoint> EndPoints { get; } = [];

    /// <summary>The ACL user; <see langword="null"/> is the server's default user.</summary>
    public string? User { get; set; }

    /// <summary>The password, if the server asks for one.</summary>
    public string? Password { get; set; }

    /// <summary>The number of the database. A cluster has only 0.</summary>
    public int Database { get; set; }

    /// <summary>The name that <c>CLIENT LIST</c> shows for the connections; without spaces.</summary>
    public string? ClientName { get; set; }

    /// <summary>Whether connections use TLS.</summary>
    public bool UseTls { get; set; }

    /// <summary>The name that the server's certificate must bear, when it is not the host's.</summary>
    public string? TlsHost { get; set; }

    /// <summary>A PEM file with the authorities that are trusted in place of the system's, for a private authority.</summary>
    public string? TlsAuthorityFile { get; set; }

    /// <summary>Replaces the check of the server's certificate. Leave it unset unless you know better than the system.</summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; set; }

    /// <summary>The highest protocol to ask for: 3, or 2 for servers that only claim to know 3.</summary>
    public int Protocol { get; set; } = 3;

    /// <summary>Whether the servers form a cluster. Unset: the first server that answers is asked.</summary>
    public bool? Cluster { get; set; }

    /// <summary>How long connecting, TLS and signing in may take together.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a caller waits for a reply at most, with waiting for a connection included; accurate to 100 ms.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>An idle connection is asked for a sign of life after this time.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// A server that owes replies and sends nothing for this long is given up. Together with <see cref="HeartbeatInterval"/> it
    /// bounds how long a half-open connection stays unnoticed; a script that runs longer than this looks the same.
    /// </summary>
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The first pause between attempts to connect; doubled each time.</summary>
    public TimeSpan ReconnectMinimum { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause between attempts to connect. The real one is random between half of it and all of it.</summary>
    public TimeSpan ReconnectMaximum { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Callers wait when this many bytes have not been sent yet.</summary>
    public int MaxUnsentBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Callers wait when this many requests wait for their replies.</summary>
    public int MaxWaitingRequests { get; set; } = 50_000;

    /// <summary>The size of the largest reply that is accepted; a larger one ends the connection.</summary>
    public long MaxReplyBytes { get; set; } = RespLimits.DefaultMaxReplyBytes;

    /// <summary>How many connections optimistic transactions may use at once; further ones wait for one to become free.</summary>
    public int MaxExclusiveConnections { get; set; } = 16;

    /// <summary>What is kept in this process; nothing by default.</summary>
    public RedisNearCacheOptions NearCache { get; } = new();

    /// <summary>Reads a connection string: StackExchange form, <c>redis://</c> or <c>rediss://</c>.</summary>
    /// <exception cref="FormatException">It is wrong; the message says what, and never repeats a password.</exception>
    public static RedisClientOptions Parse(string connectionString)
    {
        var options = new RedisClientOptions();
        options.Apply(connectionString);
        return options;
    }

    /// <summary>Sets what <paramref name="connectionString"/> names and leaves the rest.</summary>
    /// <exception cref="FormatException">It is wrong; the message says what, and never repeats a password.</exception>
    public void Apply(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        if (RedisUri.IsAddress(connectionString)) RedisUri.Apply(connectionString.Trim(), this);
        else RedisConnectionString.Apply(connectionString, this);
    }
}
