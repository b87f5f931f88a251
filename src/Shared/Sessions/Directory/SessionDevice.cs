namespace ShopSession.Sessions;

/// <summary>One signed-in session of a user, as a device list shows it.</summary>
/// <param name="Handle">Names the session for revoking it.</param>
/// <param name="CreatedAt">When the user signed in.</param>
/// <param name="LastSeenAt">When it was last used, exact to the sliding interval.</param>
/// <param name="ExpiresAt">When it ends if it is not used again.</param>
/// <param name="UserAgent">The browser's User-Agent at sign-in, at most 256 characters.</param>
/// <param name="Address">The client's address at sign-in.</param>
public sealed record SessionDevice(
    SessionHandle Handle,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt,
    string UserAgent,
    string Address);
