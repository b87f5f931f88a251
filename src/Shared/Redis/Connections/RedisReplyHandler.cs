namespace ShopSession.Redis.Connections;

/// <summary>Told of each reply.</summary>
internal delegate void RedisReplyHandler(RedisRequest request, in RedisReply reply);
