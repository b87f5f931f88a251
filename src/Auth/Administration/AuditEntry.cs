namespace ShopSession.Auth.Administration;

/// <summary>What an administrator did to whom. Never changed and never deleted; the database refuses both. Ids only: names and addresses belong to the accounts.</summary>
internal sealed class AuditEntry
{
    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The administrator's account.</summary>
    public required string ActorId { get; init; }

    /// <summary>One of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>The account that it was done to.</summary>
    public required string SubjectId { get; init; }

    /// <summary>What else there is to say, such as which session.</summary>
    public string? Detail { get; init; }

    /// <summary>The administrator's address on the network.</summary>
    public required string Address { get; init; }
}

/// <summary>What can be done to an account.</summary>
internal static class AuditActions
{
    public const string Lock = "lock";
    public const string Unlock = "unlock";
    public const string GrantAdministrator = "grant-admin";
    public const string WithdrawAdministrator = "withdraw-admin";
    public const string EndSession = "end-session";
    public const string EndAllSessions = "end-all-sessions";

    public static string InWords(string action) => action switch
    {
        Lock => T["Locked the account"],
        Unlock => T["Unlocked the account"],
        GrantAdministrator => T["Made an administrator"],
        WithdrawAdministrator => T["Is no administrator any more"],
        EndSession => T["Ended a session"],
        EndAllSessions => T["Ended all sessions"],
        _ => action,
    };
}
