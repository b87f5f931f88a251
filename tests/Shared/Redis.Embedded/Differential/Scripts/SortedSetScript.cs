namespace ShopSession.Redis.Embedded.Tests.Differential.Scripts;

/// <summary>Sorted sets.</summary>
internal static class SortedSetScript
{
    public const string Text =
        """
        ZADD z 1 a 2 b 3 c
        ZADD z 1 a 5 b
        ZADD z CH 1 a 6 b 7 d
        ZADD z NX 100 a 4 e
        ZADD z XX 100 nothing 8 e
        ZADD z GT 1 e 9 d
        ZADD z LT 100 e 1 d
        ZADD z GT CH 1 e 10 d
        ZADD z XX GT CH 1 x 11 d
        ZADD z NX XX 1 a
        ZADD z NX GT 1 a
        ZADD z GT LT 1 a
        ZADD z INCR 1 a
        ZADD z INCR 1 a 2 b
        ZADD z NX INCR 1 a
        ZADD z XX INCR 1 nothing
        ZADD z GT INCR -5 a
        ZADD z abc a
        ZADD z nan a
        ZADD z 1
        ZADD z 1 a 2
        ZADD z BOGUS 1 a
        ZADD z inf top -inf bottom
        ZADD z INCR -inf top
        ZRANGE z 0 -1 WITHSCORES
        ZSCORE z a
        ZSCORE z top
        ZSCORE z nothing
        ZSCORE nothing a
        ZMSCORE z a nothing bottom
        ZMSCORE nothing a
        ZINCRBY z 2.5 a
        ZINCRBY z 0.1 new
        ZINCRBY z 0.2 new
        ZINCRBY z abc new
        ZINCRBY z inf bottom
        ZCARD z
        ZCARD nothing
        ZRANK z a
        ZRANK z nothing
        ZREVRANK z a
        ZRANK nothing a
        ZCOUNT z -inf +inf
        ZCOUNT z 1 5
        ZCOUNT z (1 5
        ZCOUNT z (4 (4
        ZCOUNT z 5 1
        ZCOUNT z abc 5
        ZCOUNT nothing 0 1
        ZRANGE z 0 1
        ZRANGE z -2 -1
        ZRANGE z 5 1
        ZRANGE z 0 -1 REV WITHSCORES
        ZRANGE z 0 1 REV
        ZRANGE z (1 +inf BYSCORE
        ZRANGE z 1 10 BYSCORE LIMIT 1 2 WITHSCORES
        ZRANGE z 1 10 BYSCORE LIMIT 0 -1
        ZRANGE z 1 10 BYSCORE LIMIT -1 5
        ZRANGE z 1 10 BYSCORE LIMIT 100 5
        ZRANGE z 10 1 BYSCORE REV LIMIT 1 2
        ZRANGE z 1 10 BYSCORE REV
        ZRANGE z 0 -1 LIMIT 0 1
        ZRANGE z 0 -1 BYSCORE BYLEX
        ZRANGE z a b
        ZRANGE z [a [c BYLEX WITHSCORES
        ZRANGE z a b BYLEX
        ZRANGE z 0 -1 BOGUS
        ZRANGE nothing 0 -1 WITHSCORES
        ZREVRANGE z 0 -1 WITHSCORES
        ZREVRANGE z 0 1
        ZREVRANGE z 0 1 REV
        ZRANGEBYSCORE z -inf +inf WITHSCORES LIMIT 1 3
        ZRANGEBYSCORE z (1 3
        ZRANGEBYSCORE z 1 3 LIMIT 0
        ZRANGEBYSCORE z x y
        ZREVRANGEBYSCORE z 10 1 WITHSCORES
        ZREVRANGEBYSCORE z +inf -inf LIMIT 0 2
        ZADD lex 0 a 0 b 0 c 0 d 0 aa
        ZRANGE lex - + BYLEX
        ZRANGE lex 0 -1 REV REV
        ZRANGE lex 0 -1 WITHSCORES WITHSCORES
        ZRANGEBYLEX lex - + WITHSCORES
        ZREVRANGEBYLEX lex + - WITHSCORES LIMIT 0 1
        ZREVRANGE lex 0 -1 LIMIT 0 1
        ZADD ends inf top -inf bottom 1 one
        ZADD ends NX INCR -inf top
        ZADD ends XX INCR -inf top
        ZADD ends GT INCR -inf top
        ZADD ends 1e-400 least
        ZADD ends 0e-400 least
        ZADD ends INCR -1e-400 least
        ZADD ends 1e400 most
        ZADD ends 4.9e-324 least
        ZCOUNT ends "" 5
        ZCOUNT ends ( 5
        ZCOUNT ends " 1" 5
        ZCOUNT ends "1 " 5
        ZCOUNT ends -1e400 1e400
        ZCOUNT ends 1e-400 5
        ZCOUNT ends nan 5
        ZRANGE ends 0 -1 WITHSCORES
        ZRANGE lex [a (c BYLEX
        ZRANGE lex + - BYLEX REV
        ZRANGE lex (c [a BYLEX REV LIMIT 0 2
        ZRANGEBYLEX lex [aa [c
        ZREVRANGEBYLEX lex [c [aa
        ZLEXCOUNT lex - +
        ZLEXCOUNT lex [b (d
        ZREMRANGEBYLEX lex [aa [b
        ZRANGE lex 0 -1
        ZREMRANGEBYRANK z 0 0
        ZREMRANGEBYRANK z -1 -1
        ZREMRANGEBYRANK z 100 200
        ZREMRANGEBYSCORE z 1 3
        ZREMRANGEBYSCORE z (3 5
        ZREMRANGEBYSCORE z a b
        ZREMRANGEBYRANK nothing 0 -1
        ZRANGE z 0 -1 WITHSCORES
        ZADD p 1 a 2 b 3 c 4 d 5 e
        ZPOPMIN p
        ZPOPMAX p
        ZPOPMIN p 2
        ZPOPMIN p 0
        ZPOPMIN p -1
        ZPOPMIN p abc
        ZPOPMIN p 1 2
        ZPOPMAX p 10
        EXISTS p
        ZPOPMIN p
        ZPOPMIN p 2
        ZADD s 1.5 a 1e20 b 1e-5 c 123456789012345678 d 0.1 e 3.0 f -0 g 1e17 h 1e16 i
        ZRANGE s 0 -1 WITHSCORES
        ZSCAN s 0
        ZSCAN s 0 MATCH a
        ZREM s a x b
        ZREM s c d e f g h i
        EXISTS s
        ZADD x XX 1 a
        EXISTS x
        ZADD x XX INCR 1 a
        SET str x
        ZADD str 1 a
        ZADD str abc a
        ZRANGE str 0 -1
        ZSCORE str a
        ZPOPMIN str
        ZINCRBY str 1 a
        ZCOUNT str 0 1
        ZREM str a
        OBJECT ENCODING z
        """;
}
