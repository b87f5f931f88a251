namespace ShopSession.Redis;

/// <summary>What a subscription brought: a message, or the news that messages may have been lost.</summary>
public readonly struct RedisMessage
{
    private readonly string? _channel;

    internal RedisMessage(string channel, ReadOnlyMemory<byte> payload)
    {
        _channel = channel;
        Payload = payload;
    }

    /// <summary>
    /// Whether this is no message but a gap: the connection was renewed, or the reader was too slow, and what was published before now may be missing. Whoever keeps a state by messages reads it
    /// anew, and misses nothing that is published later.
    /// </summary>
    public bool IsGap => _channel is null;

    /// <summary>The channel that it was published to; empty for a gap.</summary>
    public string Channel => _channel ?? "";

    /// <summary>What was published; empty for a gap.</summary>
    public ReadOnlyMemory<byte> Payload { get; }
}
