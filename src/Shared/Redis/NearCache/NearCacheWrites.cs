namespace ShopSession.Redis.NearCache;

/// <summary>What the client's own commands may change. A command that is not known to only read is taken to change the keys that it names.</summary>
internal static class NearCacheWrites
{
    /// <summary>Tells of each key that the near cache may hold and that the command may change.</summary>
    public static void ForEach(RedisCommand command, RedisNearCacheOptions options, Action<string> tell)
    {
        if ((command.Kind & RedisCommandKind.ReadOnly) != 0) return;
        foreach (ref readonly var argument in command.Arguments)
            if (argument.KeyName is { } key && options.Covers(key)) tell(key);
    }
}
