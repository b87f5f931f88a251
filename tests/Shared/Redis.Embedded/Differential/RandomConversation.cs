namespace ShopSession.Redis.Embedded.Tests.Differential;

/// <summary>What clients say to the store as the project's do: whole thoughts of several commands, sent one by one or together.</summary>
internal sealed class RandomConversation(int seed)
{
    /// <summary>Commands that need their place in a thought.</summary>
    public static readonly string[] Phrases =
    [
        // One pattern only: in which order several bring a message is not laid down.
        "CLIENT CACHING YES", "CLIENT TRACKING ON OPTIN NOLOOP", "SUBSCRIBE {f} {f} {f}", "UNSUBSCRIBE {f}", "UNSUBSCRIBE {f} {f}", "PUBLISH {f} {v}", "PSUBSCRIBE f*", "PUNSUBSCRIBE f*", "MULTI", "EXEC", "DISCARD", "WATCH {any} {any}", "UNWATCH",
        "SELECT 1", "SELECT 0", "HELLO 3", "FLUSHDB", "FLUSHALL", "CONFIG SET appendfsync always",
    ];

    // As the near cache asks.
    private static readonly string[] Reads = ["GET {s}", "HGETALL {h}", "HMGET {h} {f} {f}", "HGET {h} {f}", "ZSCORE {z} {m}", "MGET {s} {s}", "LRANGE {l} 0 -1", "SMEMBERS {t1}", "EXISTS {any}", "TTL {any}", "ZRANGE {z} 0 -1"];

    // As the session store, the cart and the limits write.
    private static readonly string[] Writes =
    [
        "HSET {h} {f} {v}", "HSET {h} {f} {v} {f} {v}", "HSETNX {h} {f} {v}", "HINCRBY {h} {f} 1", "HDEL {h} {f} {f}", "PEXPIRE {any} {big}", "PEXPIRE {any} {big} NX", "EXPIRE {any} {t}", "PERSIST {any}", "DEL {any}",
        "UNLINK {any} {any}", "ZADD {z} {d} {m}", "ZADD {z} XX {d} {m}", "ZREM {z} {m} {m}", "ZREMRANGEBYRANK {z} 0 -2", "ZREMRANGEBYSCORE {z} -inf {d}", "LPUSH {l} {v} {v}", "LTRIM {l} 0 4", "LREM {l} 1 {v}", "RPUSH {l} {v}",
        "SADD {t1} {m}", "SREM {t1} {m}", "INCR {n}", "SET {s} {v} PX {big}", "SET {s} {v} NX PX {big}", "PUBLISH {f} {v}", "TIME",
    ];

    private static readonly string[] Clients = ["a", "b", "t", "u", "w", "s"];
    private readonly Random _random = new(seed);
    private readonly RandomCommands _commands = new(seed);

    /// <summary>Clients that keep copies as the near cache does, one in the default mode, and one that listens.</summary>
    public const string Opening = """
        t> CLIENT TRACKING ON OPTIN NOLOOP
        u> CLIENT TRACKING ON OPTIN NOLOOP
        w> CLIENT TRACKING ON
        s> SUBSCRIBE f1 f2
        """;

    public (string Client, List<string[]> Commands, bool Together) Next()
    {
        var client = Clients[_random.Next(Clients.Length)];
        var commands = Thought(client).ToList();
        // In two databases at once a message would not tell which one it is about.
        return (client, commands, _random.Next(2) == 0);
    }

    private IEnumerable<string[]> Thought(string client)
    {
        switch (_random.Next(12))
        {
            case 0 or 1 when client is "t" or "u":
                for (var i = _random.Next(1, 5); i > 0; i--)
                {
                    yield return Make("CLIENT CACHING YES");
                    yield return Any(Reads);
                }

                break;
            case 2 or 3 when client is "t" or "u":
                yield return Make("CLIENT CACHING YES");
                foreach (var command in Transaction(Reads)) yield return command;
                break;
            case 4:
                yield return Make("WATCH {any} {any}");
                yield return Any(Reads);
                if (_random.Next(4) == 0) yield return Any(Writes);
                foreach (var command in Transaction(Writes)) yield return command;
                if (_random.Next(3) == 0) yield return Make("UNWATCH");
                break;
            case 5:
                foreach (var command in Transaction([.. Writes, .. Reads])) yield return command;
                break;
            case 6:
                yield return Make(Phrases[_random.Next(Array.IndexOf(Phrases, "SUBSCRIBE {f} {f} {f}"), Array.IndexOf(Phrases, "MULTI"))]);
                yield return Make("PUBLISH {f} {v}");
                break;
            case 7 when _random.Next(3) == 0:
                yield return Make("SELECT 1");
                yield return Any(Writes);
                yield return Any(Reads);
                yield return Make("SELECT 0");
                break;
            case 8 when _random.Next(10) == 0:
                yield return Make(Phrases[_random.Next(Array.IndexOf(Phrases, "HELLO 3"), Phrases.Length)]);
                break;
            default:
                for (var i = _random.Next(1, 5); i > 0; i--) yield return _commands.Next();
                // Whatever transaction has been opened ends here, so that a thought is complete.
                yield return Make("DISCARD");
                break;
        }
    }

    private IEnumerable<string[]> Transaction(string[] templates)
    {
        yield return Make("MULTI");
        for (var i = _random.Next(1, 6); i > 0; i--) yield return _random.Next(12) == 0 ? _commands.Make("CLIENT CACHING YES") : Any(templates);
        yield return Make(_random.Next(8) == 0 ? "DISCARD" : "EXEC");
    }

    private string[] Any(string[] templates) => Make(templates[_random.Next(templates.Length)]);

    private string[] Make(string template) => _commands.Make(template);
}
