namespace ShopSession.Sessions;

/// <summary>The session store could not be reached in time. Answer 503 with Retry-After; nothing was reported as stored.</summary>
public sealed class SessionStoreUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>
/// The session ended, or its id was replaced, while the request was on its way: its changes were not stored. Answer 409; the client
/// repeats the request with the cookie it has now.
/// </summary>
public sealed class SessionEndedException(string message) : Exception(message);

/// <summary>The user already has as many sessions as allowed, and the policy is to refuse new ones. Answer 409.</summary>
public sealed class SessionLimitReachedException(string message) : Exception(message);

/// <summary>The session is larger than a client can keep. Nothing of it was sent; the client keeps what it had.</summary>
public sealed class SessionTooLargeException(string message) : Exception(message);

/// <summary>The strategy in force carries a login and no data. Answer 501.</summary>
public sealed class SessionDataUnsupportedException(string message) : Exception(message);
