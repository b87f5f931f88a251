namespace ShopSession.Auth.Limits;

/// <summary>How many attempts may fail within a time, over all replicas together.</summary>
/// <param name="Name">Names the counter, for example <c>sign-in</c>.</param>
/// <param name="Attempts">How many.</param>
/// <param name="Window">Within which time; it slides.</param>
/// <param name="ClearedBySuccess">Whether a success forgets the failures before it. Not for addresses: an attacker has an account too.</param>
internal sealed record AttemptLimit(string Name, int Attempts, TimeSpan Window, bool ClearedBySuccess);

/// <summary>One counter of a limit: for one account, one address, or one account from one address.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Subject">Who is counted. Only a hash of it is stored.</param>
internal sealed record AttemptCounter(AttemptLimit Limit, string Subject);
