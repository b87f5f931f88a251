namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>The data directory or its content cannot be used. The message says what is wrong and what to do.</summary>
internal sealed class StoreDataException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether cutting the log where it is damaged is a way on. Not so where it is sound and something else is wrong.</summary>
    public bool CanBeCut { get; init; }
}
