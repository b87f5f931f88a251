namespace ShopSession.Redis.Connections;

/// <summary>A reply and the connection that it came over; null when it was not a single one.</summary>
internal readonly record struct RedisAnswer(RedisReply Reply, RedisConnection? Connection);
