namespace ShopSession.Data;

/// <summary>The databases that the shop runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>One file, shared by the replicas of one machine.</summary>
    Sqlite,

    /// <summary>A server, shared by replicas on any machine.</summary>
    PostgreSql,
}
