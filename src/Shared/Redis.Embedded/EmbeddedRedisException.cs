namespace ShopSession.Redis.Embedded;

/// <summary>The store cannot start or go on. The message is one line that says what is wrong and what to do.</summary>
public sealed class EmbeddedRedisException(string message, Exception? innerException = null) : Exception(message, innerException);
