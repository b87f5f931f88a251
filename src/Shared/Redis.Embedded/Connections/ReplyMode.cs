namespace ShopSession.Redis.Embedded.Connections;

/// <summary>What CLIENT REPLY asked for.</summary>
internal enum ReplyMode
{
    On,
    Off,
    SkipNext,
    SkipThis,
}
