using ShopSession.Redis.PubSub;

namespace ShopSession.Redis;

/// <summary>Tells the kinds of out-of-band messages apart.</summary>
internal static class RedisPushMessage
{
    /// <summary>The confirmation of a subscription or of its end.</summary>
    public static bool IsSubscriptionChange(in RedisReply message) => TryGetKind(message, out var kind) && IsSubscriptionChange(kind);

    /// <summary>Any message of pub/sub.</summary>
    public static bool IsPubSub(in RedisReply message) =>
        TryGetKind(message, out var kind) && message.Items.Count >= 3 && (kind.SequenceEqual("message"u8) || kind.SequenceEqual("pmessage"u8) || IsSubscriptionChange(kind));

    /// <summary>A published message: what was subscribed to, the channel, and the payload.</summary>
    public static bool TryGetMessage(in RedisReply message, out RedisSubscriptionName name, out string channel, out ReadOnlyMemory<byte> payload)
    {
        (name, channel, payload) = (default, "", default);
        if (!TryGetKind(message, out var kind)) return false;
        var items = message.Items;
        var isPattern = kind.SequenceEqual("pmessage"u8) && items.Count == 4;
        if (!isPattern && !(kind.SequenceEqual("message"u8) && items.Count == 3)) return false;
        name = new(items[1].AsString() ?? "", isPattern);
        channel = isPattern ? items[2].AsString() ?? "" : name.Name;
        payload = items[^1].AsBytes();
        return true;
    }

    /// <summary>The news that keys have changed. Null items: everything has.</summary>
    public static bool TryGetInvalidation(in RedisReply message, out RedisReply keys)
    {
        var isInvalidation = TryGetKind(message, out var kind) && kind.SequenceEqual("invalidate"u8) && message.Items.Count == 2;
        keys = isInvalidation ? message.Items[1] : default;
        return isInvalidation;
    }

    private static bool IsSubscriptionChange(ReadOnlySpan<byte> kind) =>
        kind.SequenceEqual("subscribe"u8) || kind.SequenceEqual("unsubscribe"u8) || kind.SequenceEqual("psubscribe"u8) || kind.SequenceEqual("punsubscribe"u8);

    private static bool TryGetKind(in RedisReply message, out ReadOnlySpan<byte> kind)
    {
        kind = default;
        if (message.Type != RedisReplyType.Array || message.Items.Count == 0) return false;
        var first = message.Items[0];
        if (first.Type is not (RedisReplyType.BulkString or RedisReplyType.SimpleString)) return false;
        kind = first.AsBytes().Span;
        return true;
    }
}
