namespace ShopSession.Redis.Embedded.Tests.Differential;

/// <summary>Commands by group, with their usual use, their edges and their errors.</summary>
internal static class Scripts
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["strings"] = """
            GET nothing
            SET s hello
            GET s
            get S
            SET s "with space\r\n\x00\xff"
            GET s
            STRLEN s
            STRLEN nothing
            SET s 1 NX
            SET fresh 1 NX
            SET nothing 1 XX
            SET s 2 XX GET
            SET other 2 GET
            SET other 3 NX GET
            SET other 4 NX XX
            SET other 4 EX 100 PX 100
            SET other 4 EX 100 KEEPTTL
            SET other 4 EX 0
            SET other 4 EX -1
            SET other 4 EX abc
            SET other 4 EX 9223372036854775807
            SET other 4 PX 9223372036854775807
            SET other 4 EX
            SET other 4 BOGUS
            SET other 5 EX 100
            TTL other
            SET other 6 KEEPTTL
            TTL other
            SET other 7
            TTL other
            SET other 8 PXAT {now+50000}
            PTTL other
            SET other 8 EXAT {nows+50}
            TTL other
            PEXPIRETIME other
            EXPIRETIME other
            SET
            SET a
            SETNX nx 1
            SETNX nx 2
            SETEX ex 100 v
            TTL ex
            SETEX ex 0 v
            SETEX ex -5 v
            SETEX ex x v
            PSETEX ex 100000 v
            PTTL ex
            PSETEX ex 0 v
            GETSET gs 1
            GETSET gs 2
            GETDEL gs
            GETDEL gs
            SET ge v
            GETEX ge EX 100
            TTL ge
            GETEX ge PERSIST
            TTL ge
            GETEX ge PXAT {now-1000}
            GET ge
            SET ge v
            GETEX ge EX 10 PERSIST
            GETEX ge PERSIST EX 10
            GETEX ge NX
            GETEX ge EX 0
            GETEX nothing EX 100
            GETEX nothing EX 0
            MSET m1 a m2 b
            MSET m1 a m2
            MGET m1 m2 nothing h
            MSETNX m3 a m1 b
            MSETNX m3 a m4 b
            MSETNX m3
            APPEND ap abc
            APPEND ap def
            GET ap
            GETRANGE ap 0 -1
            GETRANGE ap -3 -1
            GETRANGE ap -1 -3
            GETRANGE ap 2 1
            GETRANGE ap 2 100
            GETRANGE ap -100 2
            GETRANGE ap 100 200
            GETRANGE ap a b
            GETRANGE nothing 0 1
            SUBSTR ap 1 2
            SETRANGE ap 2 XX
            GET ap
            SETRANGE ap 10 z
            GET ap
            SETRANGE nothing2 5 x
            GET nothing2
            SETRANGE nothing3 5 ""
            EXISTS nothing3
            SETRANGE ap -1 x
            SETRANGE ap 536870912 x
            SETRANGE ap abc x
            LPUSH list x
            GET list
            APPEND list x
            STRLEN list
            GETRANGE list 0 1
            SETRANGE list 0 x
            GETDEL list
            GETEX list
            GETSET list x
            SET list x GET
            SETEX list 100 x
            MGET list list2
            """,
        ["numbers"] = """
            INCR n
            INCR n
            DECR n
            INCRBY n 10
            DECRBY n 3
            INCRBY n abc
            INCRBY n 1.5
            DECRBY n -9223372036854775808
            SET big 9223372036854775807
            INCR big
            SET small -9223372036854775808
            DECR small
            INCRBY small -1
            SET text abc
            INCR text
            SET padded " 1"
            INCR padded
            SET plus +1
            INCR plus
            SET zeros 01
            INCR zeros
            SET minus0 -0
            INCR minus0
            SET empty ""
            INCR empty
            SET keeps 1 EX 100
            INCR keeps
            TTL keeps
            INCRBYFLOAT f 0.1
            INCRBYFLOAT f 0.2
            INCRBYFLOAT f 1e3
            INCRBYFLOAT f -5.5e-3
            INCRBYFLOAT f 3
            INCRBYFLOAT f abc
            INCRBYFLOAT f ""
            INCRBYFLOAT f " 1"
            INCRBYFLOAT f "1 "
            INCRBYFLOAT f inf
            INCRBYFLOAT f nan
            INCRBYFLOAT text 1
            SET third 10
            INCRBYFLOAT third 0.33333333333333333333
            INCRBYFLOAT third 1e17
            INCRBYFLOAT third -1e17
            INCRBYFLOAT third 123456789.987654321
            INCRBYFLOAT keeps 1.5
            TTL keeps
            SET pi 3.0e3
            INCRBYFLOAT pi 200
            INCRBYFLOAT tiny 1e-20
            INCRBYFLOAT tiny 0.00000000000000001
            INCRBYFLOAT neg -1
            INCRBYFLOAT neg 1
            INCRBYFLOAT neg2 -0.00000000000000000001
            LPUSH l x
            INCR l
            INCRBYFLOAT l 1
            """,
        ["keys"] = """
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
            """,
        ["expiry"] = """
            SET k v
            TTL k
            PTTL k
            TTL nothing
            EXPIRETIME nothing
            PEXPIRETIME k
            EXPIRE k 100
            TTL k
            PTTL k
            EXPIRETIME k
            PEXPIRETIME k
            PERSIST k
            PERSIST k
            PERSIST nothing
            EXPIRE k 100 NX
            EXPIRE k 200 NX
            TTL k
            EXPIRE k 300 XX
            TTL k
            EXPIRE k 100 GT
            EXPIRE k 400 GT
            TTL k
            EXPIRE k 500 LT
            EXPIRE k 50 LT
            TTL k
            EXPIRE k 500 XX GT
            EXPIRE k 50 NX XX
            EXPIRE k 50 NX GT
            EXPIRE k 50 GT LT
            EXPIRE k 50 BOGUS
            EXPIRE k abc
            EXPIRE k 9223372036854775807
            EXPIRE k -9223372036854775808
            EXPIRE k 9223372036854775
            PEXPIRE k 9223372036854775807
            EXPIREAT k 9223372036854775807
            PERSIST k
            EXPIRE k 100 GT
            EXPIRE k 100 LT
            TTL k
            EXPIRE nothing 100
            EXPIRE k 0
            EXISTS k
            SET k v
            EXPIRE k -1
            EXISTS k
            SET k v
            EXPIREAT k {nows+100}
            TTL k
            EXPIREAT k 1
            EXISTS k
            SET k v
            PEXPIREAT k {now+100000}
            PTTL k
            PEXPIREAT k {now-1}
            EXISTS k
            SET k v
            PEXPIRE k 100000
            PTTL k
            SET k v2
            TTL k
            SET k v PXAT 1
            EXISTS k
            """,
        ["hashes"] = """
            HSET h a 1 b 2
            HSET h a 3 c 4
            HSET h a
            HSET h a 1 b
            HMSET h d 5
            HMSET h d
            HSETNX h a 9
            HSETNX h e 9
            HGET h a
            HGET h nothing
            HGET nothing a
            HMGET h a nothing b
            HMGET nothing a b
            HGETALL h
            HGETALL nothing
            HKEYS h
            HVALS h
            HKEYS nothing
            HLEN h
            HLEN nothing
            HEXISTS h a
            HEXISTS h x
            HEXISTS nothing a
            HSTRLEN h a
            HSTRLEN h x
            HSTRLEN nothing x
            HDEL h a x
            HDEL nothing a
            HDEL h b c d e
            EXISTS h
            HINCRBY h n 5
            HINCRBY h n -7
            HINCRBY h n abc
            HINCRBY h n 9223372036854775807
            HINCRBY h n 9223372036854775807
            HSET h t text
            HINCRBY h t 1
            HINCRBYFLOAT h t 1
            HINCRBYFLOAT h f 0.1
            HINCRBYFLOAT h f 0.2
            HINCRBYFLOAT h f abc
            HINCRBYFLOAT h f inf
            HINCRBYFLOAT h f 1e2
            HSET h2 "" ""
            HGET h2 ""
            HSCAN h2 0
            HSCAN h2 0 COUNT 0
            HSCAN h2 0 COUNT abc
            HSCAN h2 0 BOGUS 1
            HSCAN h2 0 MATCH
            HSCAN h2 abc
            HSCAN nothing 0
            HSCAN h 0 MATCH [nt] COUNT 100
            HRANDFIELD nothing
            HRANDFIELD nothing 5
            HRANDFIELD h2
            HRANDFIELD h2 5
            HRANDFIELD h2 -3
            HRANDFIELD h2 2 WITHVALUES
            HRANDFIELD h2 -2 WITHVALUES
            HRANDFIELD h2 2 BOGUS
            HRANDFIELD h2 abc
            HRANDFIELD h2 0
            SET s x
            HSET s a b
            HGET s a
            HMGET s a
            HGETALL s
            HDEL s a
            HLEN s
            HINCRBY s a 1
            HSCAN s 0
            OBJECT ENCODING h
            HSET long f "01234567890123456789012345678901234567890123456789012345678901234"
            OBJECT ENCODING long
            """,
        ["lists"] = """
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
            """,
        ["sets"] = """
            SADD s a b c a
            SADD s c d
            SREM s d x
            SREM nothing a
            SMEMBERS s
            SMEMBERS nothing
            SISMEMBER s a
            SISMEMBER s x
            SISMEMBER nothing x
            SMISMEMBER s a x b
            SMISMEMBER nothing a
            SCARD s
            SCARD nothing
            SADD t b c e
            SINTER s t
            SINTER s nothing
            SINTER s
            SUNION s t nothing
            SDIFF s t
            SDIFF nothing s
            SDIFF s nothing
            SINTER
            SADD one x
            SRANDMEMBER one
            SRANDMEMBER one 5
            SRANDMEMBER one -3
            SRANDMEMBER one 0
            SRANDMEMBER one abc
            SRANDMEMBER one 1 2
            SRANDMEMBER nothing
            SRANDMEMBER nothing 5
            SPOP one
            EXISTS one
            SPOP one
            SPOP one 3
            SADD one x
            SPOP one 0
            SPOP one -1
            SPOP one abc
            SPOP one 1 2
            SPOP one 5
            EXISTS one
            SSCAN s 0 MATCH a
            SSCAN nothing 0
            SSCAN s 0 COUNT -1
            SET str x
            SADD str a
            SREM str a
            SMEMBERS str
            SISMEMBER str a
            SPOP str
            SRANDMEMBER str 2
            SINTER str s
            SUNION s str
            SDIFF s str
            SINTER nothing str
            SADD ints 1 2 3
            OBJECT ENCODING ints
            SADD ints x
            OBJECT ENCODING ints
            SREM s a b c
            EXISTS s
            """,
        ["sorted-sets"] = """
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
            """,
        ["connection"] = """
            PING
            PING hello
            PING a b
            ECHO hello
            ECHO
            CLIENT GETNAME
            CLIENT SETNAME test
            CLIENT GETNAME
            CLIENT SETNAME "with space"
            CLIENT SETNAME ""
            CLIENT GETNAME
            CLIENT BOGUS
            CLIENT
            CLIENT ID extra
            CLIENT KILL bogus
            CLIENT KILL ID abc
            CLIENT KILL ID 0
            CLIENT KILL ID 99999
            CLIENT KILL TYPE bogus
            CLIENT KILL BOGUS x
            CLIENT KILL ADDR 127.0.0.1:1
            CLIENT LIST TYPE bogus
            CLIENT LIST BOGUS
            CLIENT LIST ID abc
            CLIENT NO-EVICT ON
            CLIENT NO-EVICT OFF
            CLIENT NO-EVICT x
            CLIENT REPLY x
            CLIENT GETREDIR
            CLIENT CACHING YES
            CLIENT CACHING
            HELLO 4
            HELLO abc
            HELLO 3 BOGUS
            HELLO 2 SETNAME "a b"
            HELLO 2 AUTH default x y
            AUTH x
            AUTH default anything
            AUTH nobody x
            AUTH a b c
            AUTH
            RESET
            SELECT 3
            CLIENT SETNAME n
            MULTI
            RESET
            CLIENT GETNAME
            EXEC
            WAIT 0 0
            WAIT a b
            WAIT 0 -1
            COMMAND GETKEYS MSET a b c d
            COMMAND GETKEYS GET
            COMMAND GETKEYS PING
            COMMAND GETKEYS BOGUS a
            SCRIPT
            CONFIG GET maxmemory-policy
            CONFIG GET bogus
            CONFIG GET databases
            CONFIG SET bogus 1
            CONFIG SET maxmemory-policy
            PUBSUB BOGUS
            MEMORY USAGE nothing
            MEMORY
            """,
        ["transactions"] = """
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
            """,
    };
}
