namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>The data directory or its content cannot be used. The message says what is wrong and what to do.</summary>
internal sealed class StoreDataException(string message, Exception? innerException = null) : Exception(message, innerException);
