using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.Connections;

/// <summary>What a connection needs to know.</summary>
internal sealed record RedisConnectionSettings
{
    /// <summary>The server.</summary>
    public required RedisEndPoint EndPoint { get; init; }

    /// <summary>The address, for messages.</summary>
    public string Name => EndPoint.ToString();

    public required TimeProvider Time { get; init; }

    public required RespLimits Limits { get; init; }

    public required TimeSpan HeartbeatInterval { get; init; }

    public required TimeSpan HeartbeatTimeout { get; init; }

    /// <summary>Whether silence ends the connection. Off where a command may rightly block.</summary>
    public bool Heartbeat { get; init; } = true;

    public RedisRequestPool Requests { get; init; } = new();

    /// <summary>How old a connection must be before it is left because its server does not serve.</summary>
    public required TimeSpan MinimumAge { get; init; }

    /// <summary>Bytes that may wait to be sent before callers have to wait.</summary>
    public required int MaxUnsentBytes { get; init; }

    /// <summary>Requests that may wait for their reply before callers have to wait.</summary>
    public required int MaxWaiting { get; init; }
}
