namespace ShopSession.Redis;

/// <summary>Tells the kinds of out-of-band messages apart.</summary>
internal static class RedisPushMessage
{
    /// <summary>The confirmation of SUBSCRIBE or UNSUBSCRIBE.</summary>
    public static bool IsSubscriptionChange(in RedisReply message) =>
        TryGetKind(message, out var kind) && (kind.SequenceEqual("subscribe"u8) || kind.SequenceEqual("unsubscribe"u8));

    /// <summary>Any message of pub/sub.</summary>
    public static bool IsPubSub(in RedisReply message) =>
        TryGetKind(message, out var kind) && message.Items.Count >= 3
        && (kind.SequenceEqual("message"u8) || kind.SequenceEqual("subscribe"u8) || kind.SequenceEqual("unsubscribe"u8));

    /// <summary>A published message: its channel and payload.</summary>
    public static bool TryGetMessage(in RedisReply message, out RedisReply channel, out RedisReply payload)
    {
        var isMessage = TryGetKind(message, out var kind) && kind.SequenceEqual("message"u8) && message.Items.Count == 3;
        channel = isMessage ? message.Items[1] : default;
        payload = isMessage ? message.Items[2] : default;
        return isMessage;
    }

    /// <summary>The news that keys have changed. Null items: everything has.</summary>
    public static bool TryGetInvalidation(in RedisReply message, out RedisReply keys)
    {
        var isInvalidation = TryGetKind(message, out var kind) && kind.SequenceEqual("invalidate"u8) && message.Items.Count == 2;
        keys = isInvalidation ? message.Items[1] : default;
        return isInvalidation;
    }

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
