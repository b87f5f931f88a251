namespace ShopSession.Sessions.Database.Model;

/// <summary>What is counted of a user.</summary>
internal sealed class UserRow
{
    public required string Tag { get; init; }

    /// <summary>Rises when all sessions of the user are ended.</summary>
    public required long Generation { get; init; }

    public required long SignIns { get; init; }

    public required long KeepUntil { get; init; }
}
