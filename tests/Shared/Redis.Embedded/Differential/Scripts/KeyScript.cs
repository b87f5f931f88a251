namespace ShopSession.Redis.Embedded.Tests.Differential.Scripts;

/// <summary>Keys whatever they hold, databases, and what is no command.</summary>
internal static class KeyScript
{
    public const string Text =
        """
        MSET a 1 b 2 c 3
        EXISTS a b c d a
        TOUCH a b x
        DEL a x
        UNLINK b b
        DEL
        TYPE c
        HSET h f v
        TYPE h
        LPUSH l v
        TYPE l
        SADD s v
        TYPE s
        ZADD z 1 v
        TYPE z
        TYPE none
        DBSIZE
        KEYS *
        KEYS ?
        KEYS [a-h]
        KEYS [^h]
        KEYS \\?
        KEYS x*
        KEYS "*[z-s]"
        RENAME c d
        RENAME c d
        RENAME d d
        RENAMENX d h
        RENAMENX d d
        RENAMENX d e
        RENAMENX nothing e
        SET t 1 EX 100
        RENAME t t2
        TTL t2
        RENAME e t2
        TTL t2
        COPY t2 t3
        COPY t2 t3
        COPY t2 t3 REPLACE
        COPY t2 t2
        COPY t2 t2 DB 1
        COPY t2 x DB 99
        COPY t2 x DB abc
        COPY t2 x BOGUS
        COPY nothing x
        COPY h h2
        HGETALL h2
        COPY l l2
        LRANGE l2 0 -1
        COPY s s2
        SMEMBERS s2
        COPY z z2
        ZRANGE z2 0 -1 WITHSCORES
        EXPIRE h 100
        COPY h h3
        TTL h3
        SELECT 1
        GET t2
        DBSIZE
        SELECT 16
        SELECT -1
        SELECT abc
        SELECT 0
        RANDOMKEY bogus
        FLUSHDB BOGUS
        FLUSHDB ASYNC
        DBSIZE
        RANDOMKEY
        FLUSHALL SYNC
        OBJECT ENCODING nothing
        SET int 12
        OBJECT ENCODING int
        SET emb abc
        OBJECT ENCODING emb
        SET raw "0123456789012345678901234567890123456789012345"
        OBJECT ENCODING raw
        APPEND emb x
        OBJECT ENCODING emb
        OBJECT REFCOUNT emb
        OBJECT BOGUS emb
        OBJECT ENCODING
        OBJECT
        SET str v
        HSCAN str abc
        SSCAN str abc
        ZSCAN str abc
        HSCAN str 0 BOGUS
        HSCAN nothing 0 BOGUS
        SSCAN nothing 0 COUNT 0
        ZSCAN nothing 0 MATCH
        HSCAN nothing abc BOGUS
        SELECT 3000000000
        SELECT -3000000000
        SELECT 2147483647
        SELECT 99999999999999999999
        COPY str str2 DB 3000000000
        COPY str str2 DB 9223372036854775807
        SADD many a
        SRANDMEMBER many 3000000000
        SRANDMEMBER many 9223372036854775807
        SRANDMEMBER many -9223372036854775808
        HSET fields f v
        HRANDFIELD fields 3000000000
        HRANDFIELD fields 9223372036854775807
        HRANDFIELD fields 3000000000 WITHVALUES
        HRANDFIELD fields 9223372036854775807 WITHVALUES
        HRANDFIELD fields -9223372036854775808
        UNKNOWNCMD a b "c d"
        UNKNOWNCMD "a\r\n\r\nb" "c\nd"
        EXPIRE str 10 "x\r\ny"
        unknown
        """;
}
