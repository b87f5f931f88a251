namespace ShopSession.Data;

/// <summary>
/// A database cannot be used as it is configured. The message says which database, what is wrong and what to set; it never holds a
/// password.
/// </summary>
public sealed class ShopDatabaseException(string message, Exception? innerException = null) : Exception(message, innerException);
