namespace ShopSession.Sessions.Http;

/// <summary>The endpoint has no session: none is read for it.</summary>
internal sealed class DisableSharedSessionMetadata
{
    public static readonly DisableSharedSessionMetadata Instance = new();
}
