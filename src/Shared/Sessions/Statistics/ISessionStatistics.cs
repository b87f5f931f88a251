namespace ShopSession.Sessions;

/// <summary>What this process has to do with sessions, for an operator's view. Safe for concurrent use.</summary>
public interface ISessionStatistics
{
    /// <summary>The counts as they are now. Touches neither network nor store.</summary>
    SessionStatistics Read();
}
