namespace ShopSession.Sessions.Stores;

/// <summary>A store that cannot serve from its first moment.</summary>
internal interface IJoiningStore
{
    /// <summary>Why the replica is not ready; <see langword="null"/> when it is.</summary>
    string? NotReady { get; }
}
