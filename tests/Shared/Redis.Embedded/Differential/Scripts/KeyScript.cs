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
        UNKNOWNCMD a b "c d"
        unknown
        """;
}
