namespace ShopSession.Sessions.Stores;

/// <summary>A store that keeps sessions in the process: what is at hand costs no access. Optional beside <see cref="ISessionStore"/>.</summary>
internal interface INearSessionStore
{
    /// <summary>The live session of this id if it is at hand; <see langword="null"/> says nothing.</summary>
    SessionRecord? TryReadNear(SessionId id);

    /// <summary>The live session of this id from the store itself, or <see langword="null"/>.</summary>
    ValueTask<SessionRecord?> ReadFarAsync(SessionId id, CancellationToken cancellationToken);
}
