namespace ShopSession.Redis.Embedded.Tests.Differential.Scripts;

/// <summary>Lists.</summary>
internal static class ListScript
{
    public const string Text =
        """
        RPUSH l a b c
        LPUSH l z y
        LRANGE l 0 -1
        LRANGE l 1 2
        LRANGE l -2 -1
        LRANGE l 5 10
        LRANGE l 3 1
        LRANGE l -100 100
        LRANGE l a 1
        LRANGE nothing 0 -1
        LPUSHX nothing a
        RPUSHX nothing a
        LPUSHX l x
        RPUSHX l w v
        LLEN l
        LLEN nothing
        LINDEX l 0
        LINDEX l -1
        LINDEX l 100
        LINDEX l abc
        LINDEX nothing 0
        LSET l 0 first
        LSET l -1 last
        LSET l 100 x
        LSET l abc x
        LSET nothing 0 x
        LRANGE l 0 -1
        LINSERT l BEFORE a before-a
        LINSERT l AFTER a after-a
        LINSERT l AFTER nothing x
        LINSERT l BOGUS a x
        LINSERT nothing BEFORE a x
        LRANGE l 0 -1
        RPUSH d a b a c a
        LREM d 1 a
        LREM d -1 a
        LRANGE d 0 -1
        LREM d 0 a
        LREM d 0 nothing
        LREM d abc a
        LREM nothing 0 a
        LRANGE d 0 -1
        LREM d 0 b
        LREM d 0 c
        EXISTS d
        RPUSH t 1 2 3 4 5
        LTRIM t 1 3
        LRANGE t 0 -1
        LTRIM t -2 -1
        LRANGE t 0 -1
        LTRIM t 5 10
        EXISTS t
        LTRIM nothing 0 1
        LTRIM l a b
        RPUSH p 1 2 3 4 5 6
        LPOP p
        RPOP p
        LPOP p 2
        RPOP p 0
        LPOP p -1
        LPOP p abc
        LPOP p 1 2
        RPOP p 100
        LPOP p
        LPOP p 2
        RPOP nothing
        RPOP nothing 0
        RPUSH m1 a b c
        LMOVE m1 m2 LEFT RIGHT
        LMOVE m1 m2 RIGHT LEFT
        LRANGE m2 0 -1
        LMOVE m1 m1 LEFT RIGHT
        LMOVE m2 m2 LEFT RIGHT
        LRANGE m2 0 -1
        LMOVE m1 m2 LEFT LEFT
        EXISTS m1
        LMOVE nothing m2 LEFT LEFT
        LMOVE m2 m1 UP DOWN
        RPOPLPUSH m2 m1
        LRANGE m1 0 -1
        SET s x
        LPUSH s a
        LPUSHX s a
        LRANGE s 0 -1
        LPOP s
        LMOVE m2 s LEFT LEFT
        LMOVE s m2 LEFT LEFT
        LRANGE m2 0 -1
        LLEN s
        LPUSH
        OBJECT ENCODING l
        """;
}
