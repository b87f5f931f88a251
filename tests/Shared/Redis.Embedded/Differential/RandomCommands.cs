using System.Globalization;

namespace ShopSession.Redis.Embedded.Tests.Differential;

/// <summary>Makes commands by chance over few keys and few values, so that they meet; one in ten aims at a key of another type.</summary>
internal sealed class RandomCommands(int seed)
{
    public static readonly string[] Templates =
    [
        "GET {s}", "SET {s} {v}", "SET {s} {v} NX", "SET {s} {v} XX", "SET {s} {v} GET", "SET {s} {v} NX GET", "SET {s} {v} EX {t}", "SET {s} {v} PX {t} XX",
        "SET {s} {v} KEEPTTL", "SET {s} {v} PXAT {now+70000000}", "SET {s} {v} EXAT {nows+90000} GET", "SETNX {s} {v}", "SETEX {s} {t} {v}", "PSETEX {s} {t} {v}",
        "GETSET {s} {v}", "GETDEL {s}", "GETEX {s}", "GETEX {s} EX {t}", "GETEX {s} PERSIST", "GETEX {s} PXAT {now-5}", "MGET {s} {s} {any}", "MSET {s} {v} {s} {v}",
        "MSETNX {s} {v} {s} {v}", "APPEND {s} {v}", "STRLEN {s}", "GETRANGE {s} {i} {i}", "SETRANGE {s} {o} {v}", "INCR {n}", "DECR {n}", "INCRBY {n} {i}", "DECRBY {n} {i}",
        "INCRBYFLOAT {n} {d}", "GET {n}", "SET {n} {i}",
        "HSET {h} {f} {v}", "HSET {h} {f} {v} {f} {v}", "HMSET {h} {f} {v}", "HSETNX {h} {f} {v}", "HGET {h} {f}", "HMGET {h} {f} {f} {f}", "HGETALL {h}", "HDEL {h} {f} {f}",
        "HEXISTS {h} {f}", "HLEN {h}", "HKEYS {h}", "HVALS {h}", "HSTRLEN {h} {f}", "HINCRBY {h} {f} {i}", "HINCRBYFLOAT {h} {f} {d}", "HSET {h} {f} {i}",
        "LPUSH {l} {v} {v}", "RPUSH {l} {v} {v} {v}", "LPUSHX {l} {v}", "RPUSHX {l} {v}", "LPOP {l}", "RPOP {l}", "LPOP {l} {o}", "RPOP {l} {o}", "LLEN {l}", "LRANGE {l} {i} {i}",
        "LRANGE {l} 0 -1", "LINDEX {l} {i}", "LSET {l} {i} {v}", "LREM {l} {i} {v}", "LTRIM {l} {i} {i}", "LINSERT {l} BEFORE {v} {v}", "LINSERT {l} AFTER {v} {v}",
        "LMOVE {l} {l} LEFT RIGHT", "LMOVE {l} {l} RIGHT LEFT", "LMOVE {l} {l} LEFT LEFT", "RPOPLPUSH {l} {l}",
        "SADD {t1} {m} {m}", "SADD {t1} {i}", "SREM {t1} {m} {m}", "SMEMBERS {t1}", "SISMEMBER {t1} {m}", "SMISMEMBER {t1} {m} {m}", "SCARD {t1}", "SINTER {t1} {t1}", "SUNION {t1} {t1}",
        "SDIFF {t1} {t1}", "SPOP {t1} 1000", "SRANDMEMBER {t1} 0",
        "ZADD {z} {d} {m}", "ZADD {z} {d} {m} {d} {m}", "ZADD {z} NX {d} {m}", "ZADD {z} XX CH {d} {m}", "ZADD {z} GT CH {d} {m}", "ZADD {z} LT {d} {m}", "ZADD {z} INCR {d} {m}",
        "ZADD {z} XX INCR {d} {m}", "ZADD {z} GT INCR {d} {m}", "ZREM {z} {m} {m}", "ZSCORE {z} {m}", "ZMSCORE {z} {m} {m}", "ZINCRBY {z} {d} {m}", "ZCARD {z}", "ZCOUNT {z} {b} {b}",
        "ZRANK {z} {m}", "ZREVRANK {z} {m}", "ZRANGE {z} {i} {i}", "ZRANGE {z} {i} {i} REV WITHSCORES", "ZRANGE {z} {b} {b} BYSCORE", "ZRANGE {z} {b} {b} BYSCORE WITHSCORES LIMIT {o} {i}",
        "ZRANGE {z} {b} {b} BYSCORE REV LIMIT {o} {o}", "ZRANGE {q} {x} {x} BYLEX", "ZRANGE {q} {x} {x} BYLEX REV LIMIT {o} {i}", "ZREVRANGE {z} {i} {i} WITHSCORES",
        "ZRANGEBYSCORE {z} {b} {b} WITHSCORES", "ZREVRANGEBYSCORE {z} {b} {b} LIMIT {o} {o}", "ZREMRANGEBYRANK {z} {i} {i}", "ZREMRANGEBYSCORE {z} {b} {b}", "ZLEXCOUNT {q} {x} {x}",
        "ZREMRANGEBYLEX {q} {x} {x}", "ZADD {q} 0 {m} 0 {m} 0 {m}", "ZPOPMIN {z}", "ZPOPMAX {z}", "ZPOPMIN {z} {o}", "ZPOPMAX {z} {o}", "ZRANGE {z} 0 -1 WITHSCORES",
        "DEL {any} {any}", "DEL {any}", "UNLINK {any}", "UNLINK {any} {any} {any}", "EXISTS {any} {any}", "TOUCH {any} {any}", "TYPE {any}", "RENAME {any} {any}", "RENAMENX {any} {any}", "COPY {any} {any}", "COPY {any} {any} REPLACE",
        "KEYS *", "KEYS [a-z]1", "DBSIZE", "EXPIRE {any} {t}", "EXPIRE {any} {t} NX", "EXPIRE {any} {t} XX", "EXPIRE {any} {t} GT", "EXPIRE {any} {t} LT", "PEXPIRE {any} {big}",
        "PEXPIRE {any} {big} NX", "PEXPIRE {any} {big} XX", "PEXPIRE {any} {big} GT", "PEXPIRE {any} {big} LT", "PEXPIRE {any} {big} XX LT", "EXPIREAT {any} {nows+60000} NX", "SET {s} {v} PX {big}",
        "SET {s} {v} NX PX {big}", "GETEX {s} PX {big}",
        "EXPIREAT {any} {nows+60000}", "PEXPIREAT {any} {now+60000000}", "PEXPIREAT {any} {now-10}", "EXPIRE {any} -1", "TTL {any}", "PTTL {any}", "EXPIRETIME {any}", "PEXPIRETIME {any}", "PERSIST {any}",
        "OBJECT ENCODING {any}", "WATCH {any}", "WATCH {any} {any}", "UNWATCH", "MULTI", "EXEC", "EXEC", "DISCARD", "ECHO {v}",
        "PING", "TIME", "INFO server", "ROLE", "WAIT 0 0", "SELECT 0", "AUTH {f}", "HELLO", "CLIENT SETNAME {f}", "CLIENT GETNAME", "PUBLISH {f} {v}",
    ];

    private static readonly string[] Values = ["", "a", "b", "abc", "10", "-5", "3.14", "hello world", "9223372036854775807", "\r\n$5\r\n\0\xff", "12345678901234567890123456789012345678901234567890123456789012345"];
    private static readonly string[] Integers = ["0", "1", "-1", "2", "-2", "3", "-3", "5", "100", "-100", "9223372036854775807", "-9223372036854775808", "abc", "1.5", ""];
    private static readonly string[] Doubles = ["0", "1", "-1", "2.5", "0.1", "0.2", "-3.75", "1e10", "1e-7", "123456789.123", "inf", "-inf", "abc", "nan", "10"];
    private static readonly string[] Bounds = ["-inf", "+inf", "0", "1", "(1", "2.5", "(2.5", "-1", "100", "(0.1", "x"];
    private static readonly string[] LexBounds = ["-", "+", "[a", "(a", "[c", "(m3", "[m9", "x", "["];
    // None so short that the one server could still have what the other has not.
    private static readonly string[] Lifetimes = ["0", "-1", "-100", "9223372036854775807", "-9223372036854775808", "abc", "1.5", ""];
    private readonly Random _random = new(seed);

    public string[] Next() => Make(Templates[_random.Next(Templates.Length)]);

    /// <summary>A command from a template such as <c>SET {s} {v}</c>.</summary>
    public string[] Make(string template) => [.. template.Split(' ').Select(Fill)];

    private string Fill(string part) => part switch
    {
        "{s}" => Key("s"),
        "{n}" => Key("n"),
        "{h}" => Key("h"),
        "{l}" => Key("l"),
        "{t1}" => Key("t"),
        "{z}" => Key("z"),
        // Ranges by member are defined only where all scores are the same: these keys hold nothing else.
        "{q}" => "q" + Number(_random.Next(2)),
        "{any}" => AnyKey(),
        "{v}" => Pick(Values),
        "{i}" => Pick(Integers),
        "{o}" => Number(_random.Next(6)),
        "{d}" => Pick(Doubles),
        "{b}" => Pick(Bounds),
        "{x}" => Pick(LexBounds),
        "{f}" => "f" + Number(_random.Next(8)),
        "{m}" => "m" + Number(_random.Next(12)),
        // Far apart from one another: which of two is longer must not depend on the milliseconds between the two servers.
        "{t}" => _random.Next(8) == 0 ? Pick(Lifetimes) : Number(50_000 + (10_000 * _random.Next(100_000))),
        "{big}" => Number(_random.Next(1, 200) * 10_000_000L) + "0",
        _ => part,
    };

    private string Key(string kind) => _random.Next(10) == 0 ? AnyKey() : kind + Number(_random.Next(3));

    private string AnyKey() => "snhltz"[_random.Next(6)] + Number(_random.Next(3));

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
