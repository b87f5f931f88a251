using ShopSession.Redis;
using ShopSession.Sessions.Sealing;
using ShopSession.Sessions.Timeline;

namespace ShopSession.Sessions.Stores.Redis;

/// <summary>
/// The timeline of a user's sessions: a list beside their index, newest first, bounded, each entry sealed. One list for all sessions of a user, so that it also tells of those that ended, and
/// costs a session nothing but its entries. Every entry travels with the write that it tells of.
/// </summary>
internal sealed class RedisTimeline(RedisSessionKeys keys, long lifeInMilliseconds)
{
    /// <returns>The entries as sent, for <see cref="Retract"/>.</returns>
    public byte[][] Add(RedisCommandList commands, UserSeal seal, string tag, params IEnumerable<TimelineEntry> entries)
    {
        byte[][] sealedEntries = [.. entries.Select(entry => seal.SealEntry(entry.ToBytes()))];
        if (sealedEntries.Length == 0) return sealedEntries;
        var key = keys.Timeline(tag);
        RedisArgument[] push = [key, .. sealedEntries.Select(entry => (RedisArgument)entry)];
        commands.Append(new RedisCommand("LPUSH", push));
        commands.Append(new RedisCommand("LTRIM", key, 0, SessionHistory.MaxEventsPerUser - 1));
        commands.Append(new RedisCommand("PEXPIRE", key, lifeInMilliseconds));
        return sealedEntries;
    }

    /// <summary>Takes back entries of what turned out not to have happened (a sign-in that was refused).</summary>
    public void Retract(RedisCommandList commands, string tag, byte[][] entries)
    {
        foreach (var entry in entries) commands.Append(new RedisCommand("LREM", keys.Timeline(tag), 1, entry));
    }

    public static IReadOnlyList<TimelineEntry> Read(RedisReply list, UserSeal seal) =>
    [
        .. list.ThrowIfError().Items
            .Select(item => seal.OpenEntry(item.AsBytes().Span) is { } plain ? TimelineEntry.FromBytes(plain) : null)
            .OfType<TimelineEntry>(),
    ];
}
