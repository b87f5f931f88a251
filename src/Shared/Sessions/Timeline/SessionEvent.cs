namespace ShopSession.Sessions;

/// <summary>What happened to a session.</summary>
public enum SessionEventKind : byte
{
    /// <summary>The user signed in.</summary>
    SignedIn = 1,

    /// <summary>The user, signed in already, proved again who they are.</summary>
    SteppedUp = 2,

    /// <summary>The id was changed without a sign-in (after a change of the password, for example).</summary>
    Rotated = 3,

    /// <summary>The user signed out.</summary>
    SignedOut = 4,

    /// <summary>The session was ended from elsewhere: <see cref="SessionEvent.By"/> says by whom.</summary>
    Revoked = 5,

    /// <summary>The session was found to have ended by itself, unused or at its absolute limit; it ended before this time.</summary>
    Expired = 6,
}

/// <summary>One entry of a session's timeline. Immutable.</summary>
/// <param name="At">When, by the store's clock; whole seconds.</param>
/// <param name="Kind">What.</param>
/// <param name="By">Who ended it; <see langword="null"/> for other kinds.</param>
/// <param name="ByUserAgent">The User-Agent of the session in which it was ended, where that is known.</param>
public sealed record SessionEvent(DateTimeOffset At, SessionEventKind Kind, SessionActor? By = null, string? ByUserAgent = null);
