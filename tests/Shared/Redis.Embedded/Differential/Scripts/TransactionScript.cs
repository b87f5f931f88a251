namespace ShopSession.Redis.Embedded.Tests.Differential.Scripts;

/// <summary>MULTI, EXEC and WATCH.</summary>
internal static class TransactionScript
{
    public const string Text =
        """
        MULTI
        SET a 1
        INCR a
        LPUSH a x
        GET a
        EXEC
        MULTI
        MULTI
        WATCH a
        SET
        BOGUS
        EXEC
        EXEC
        DISCARD
        MULTI
        SET a 100
        DISCARD
        GET a
        EXEC now
        WATCH a
        b> INCR a
        EXEC now
        MULTI
        GET a
        EXEC
        DISCARD now
        MULTI now
        # a refused command refuses all
        MULTI
        SET a 5
        GET
        EXEC
        GET a
        # nobody interferes
        WATCH a
        MULTI
        INCR a
        EXEC
        # another client does
        WATCH a b
        b> SET a 50
        MULTI
        SET a 60
        EXEC
        GET a
        # the watch is over after EXEC
        MULTI
        SET a 61
        EXEC
        # so does the client itself
        WATCH a
        SET a 1
        MULTI
        GET a
        EXEC
        WATCH a
        UNWATCH
        b> SET a 2
        MULTI
        GET a
        EXEC
        WATCH a
        b> SET a 3
        DISCARD
        MULTI
        GET a
        EXEC
        # touched without a change, deleted, expired, flushed, renamed
        WATCH a
        b> GET a
        MULTI
        PING
        EXEC
        WATCH a
        b> DEL a
        MULTI
        PING
        EXEC
        WATCH missing
        b> DEL missing
        MULTI
        PING
        EXEC
        WATCH missing
        b> FLUSHALL
        MULTI
        PING
        EXEC
        SET a 1
        WATCH a
        b> FLUSHALL
        MULTI
        PING
        EXEC
        SET a 1
        WATCH a
        b> EXPIRE a 100
        MULTI
        PING
        EXEC
        WATCH z
        b> RENAME a z
        MULTI
        PING
        EXEC
        WATCH z
        b> SELECT 1
        b> SET z other-database
        MULTI
        PING
        EXEC
        b> SELECT 0
        HSET h f v
        WATCH h
        b> HSET h f v
        MULTI
        PING
        EXEC
        WATCH h
        b> HDEL h nothing
        MULTI
        PING
        EXEC
        WATCH h
        MULTI
        SELECT 1
        SET inner 1
        SELECT 0
        GET inner
        EXEC
        MULTI
        HGETALL h
        PING x
        EXEC
        MULTI
        UNWATCH
        FLUSHALL
        SET a 1
        DBSIZE
        EXEC
        WATCH
        EXEC
        """;
}
