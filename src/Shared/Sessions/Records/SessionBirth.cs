namespace ShopSession.Sessions;

/// <summary>
/// What is fixed when a session begins. Written once, never by a delta: a record without it is not a session, so a write that comes after
/// the end leaves a fragment that nobody accepts.
/// </summary>
/// <param name="CreatedAt">When the session began.</param>
/// <param name="AbsoluteEnd">When it ends, however much it is used.</param>
/// <param name="IdleTimeout">How long it may lie unused; whole seconds.</param>
/// <param name="IsPersistent">Whether the cookie outlives the browser ("remember me").</param>
/// <param name="Ordinal">The sign-in's number among those of its user, the order in which a limit ends sessions; 0 for anonymous.</param>
public sealed partial record SessionBirth(DateTimeOffset CreatedAt, DateTimeOffset AbsoluteEnd, TimeSpan IdleTimeout, bool IsPersistent, long Ordinal)
{
    /// <summary>The version of the payload that this build writes. It reads this one and all before it.</summary>
    public const byte PayloadVersion = 2;

    /// <summary>The version that the record was read in: what this build writes for one that it makes.</summary>
    internal byte Version { get; init; } = PayloadVersion;

    /// <summary>The flags of a later version, which are written again with the record.</summary>
    private byte UnknownFlags { get; init; }

    /// <summary>What a later version appended, which is written again with the record.</summary>
    private ReadOnlyMemory<byte> Tail { get; init; }

    /// <summary>When the session ends if it was last used at <paramref name="lastSeen"/>: idle, cut by the absolute end.</summary>
    public DateTimeOffset ExpiresAt(DateTimeOffset lastSeen)
    {
        var idleEnd = lastSeen + IdleTimeout;
        return idleEnd < AbsoluteEnd ? idleEnd : AbsoluteEnd;
    }

    /// <summary>The beginning of a guest's session.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="now">The time by the store's clock.</param>
    public static SessionBirth OfGuest(SharedSessionOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new SessionBirth(now, now + options.AnonymousAbsoluteTimeout, options.AnonymousTimeout, options.RememberGuests, Ordinal: 0);
    }

    /// <summary>The beginning of a signed-in session.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="now">The time by the store's clock.</param>
    /// <param name="createdAt">When the user's session began that this one replaces; else <paramref name="now"/>.</param>
    /// <param name="isPersistent">Whether the user asked to be remembered.</param>
    /// <param name="ordinal">The sign-in's number among those of its user.</param>
    public static SessionBirth OfLogin(SharedSessionOptions options, DateTimeOffset now, DateTimeOffset createdAt, bool isPersistent, long ordinal)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (absolute, idle) = isPersistent ? (options.RememberMeTimeout, options.RememberMeTimeout) : (options.AbsoluteTimeout, options.IdleTimeout);
        return new SessionBirth(createdAt, now + absolute, idle, isPersistent, ordinal);
    }
}
