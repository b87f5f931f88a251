namespace ShopSession.Sessions.Http;

/// <summary>The endpoint has no session: none is read for it.</summary>
internal sealed class DisableSharedSessionMetadata
{
    public static readonly DisableSharedSessionMetadata Instance = new();
}

/// <summary>The endpoint looks at the session without using it: last use stays as it is.</summary>
internal sealed class NoSlidingMetadata
{
    public static readonly NoSlidingMetadata Instance = new();
}
