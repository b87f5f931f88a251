namespace ShopSession.Sessions;

/// <summary>Why a session was ended by something other than its own sign-out.</summary>
public enum SessionActorKind : byte
{
    /// <summary>The user, from a device list or "sign out everywhere".</summary>
    User = 1,

    /// <summary>A change of the password, or of another credential.</summary>
    PasswordChange = 2,

    /// <summary>An administrator of the site.</summary>
    Administrator = 3,

    /// <summary>A sign-in beyond <see cref="SharedSessionOptions.MaxPerUser"/>.</summary>
    Limit = 4,
}

/// <summary>Who ends a session, for its timeline, the log and the metrics. Immutable.</summary>
/// <param name="Kind">In which role.</param>
/// <param name="Session">The session in which it was done, if in one.</param>
/// <param name="Name">For an administrator: the account's id or name, at most <see cref="MaxName"/> characters; shown to the user.</param>
public sealed record SessionActor(SessionActorKind Kind, SessionHandle? Session = null, string Name = "")
{
    /// <summary>The most characters of a name that are kept.</summary>
    public const int MaxName = 64;

    /// <summary>The user, in the session <paramref name="from"/>.</summary>
    public static SessionActor User(SessionHandle? from = null) => new(SessionActorKind.User, from);

    /// <summary>A change of credentials, in the session <paramref name="from"/>.</summary>
    public static SessionActor PasswordChange(SessionHandle? from = null) => new(SessionActorKind.PasswordChange, from);

    /// <summary>An administrator. The name is shown to the user and written to the log.</summary>
    public static SessionActor Administrator(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new SessionActor(SessionActorKind.Administrator, null, name.Length > MaxName ? name[..MaxName] : name);
    }

    internal static SessionActor Limit(SessionHandle newcomer) => new(SessionActorKind.Limit, newcomer);

    /// <summary>The role as metrics and logs name it.</summary>
    internal string Role => Kind switch
    {
        SessionActorKind.PasswordChange => "password-change",
        SessionActorKind.Administrator => "administrator",
        SessionActorKind.Limit => "limit",
        _ => "user",
    };

    /// <inheritdoc/>
    public override string ToString() => Name.Length == 0 ? Role : $"{Role} {Name}";
}
