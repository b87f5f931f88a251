using System.Collections;

namespace ShopSession.Redis.NearCache;

/// <summary>A list of commands with the order to track in front of each: it holds for the next command only.</summary>
internal sealed class TrackedCommands(IReadOnlyList<RedisCommand> commands) : IReadOnlyList<RedisCommand>
{
    private static readonly RedisCommand Track = new("CLIENT", "CACHING", "YES");

    /// <summary>The commands themselves.</summary>
    public IReadOnlyList<RedisCommand> Asked => commands;

    public int Count => commands.Count * 2;

    public RedisCommand this[int index] => index % 2 == 0 ? Track : commands[index / 2];

    /// <summary>Takes the replies of the commands themselves; false when tracking was refused for one of them.</summary>
    public static bool TryTakeReplies(IReadOnlyList<RedisReply> all, out RedisReply[] replies)
    {
        var tracked = true;
        replies = new RedisReply[all.Count / 2];
        for (var i = 0; i < replies.Length; i++)
        {
            tracked &= !all[i * 2].IsError && !all[(i * 2) + 1].IsError;
            replies[i] = all[(i * 2) + 1];
        }

        return tracked;
    }

    public IEnumerator<RedisCommand> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
