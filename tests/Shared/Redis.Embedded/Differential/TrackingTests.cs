namespace ShopSession.Redis.Embedded.Tests.Differential;

public sealed class TrackingTests
{
    public static TheoryData<string, string> Scenarios() => new()
    {
        {
            "keys that were read are announced once", """
            SET k 1
            CLIENT TRACKING ON
            CLIENT TRACKINGINFO
            GET k
            b> SET k 2
            b> SET k 3
            GET k
            HGETALL h
            b> HSET h f v
            b> HSET h f w
            MGET k x y
            b> MSET x 1 y 2 z 3
            EXISTS k
            b> DEL k x
            GET k
            b> SET k 1
            TTL k
            b> EXPIRE k 100
            GET k
            b> PERSIST k
            GET k
            b> RENAME k k2
            CLIENT TRACKING OFF
            GET k2
            b> SET k2 1
            """
        },
        {
            "own changes are announced after the reply", """
            CLIENT TRACKING ON
            GET k
            SET k 1
            GET k
            SET k 2
            MULTI
            GET k
            SET k 3
            GET k
            EXEC
            SET k 4
            INCR k
            """
        },
        {
            "noloop leaves own changes out", """
            CLIENT TRACKING ON NOLOOP
            CLIENT TRACKINGINFO
            GET k
            SET k 1
            GET k
            b> SET k 2
            """
        },
        {
            "optin only after caching yes", """
            CLIENT TRACKING ON OPTIN
            GET k
            b> SET k 1
            CLIENT CACHING YES
            CLIENT TRACKINGINFO
            GET k
            GET j
            b> SET j 1
            b> SET k 1
            CLIENT CACHING YES
            MULTI
            GET k
            GET j
            EXEC
            b> SET j 1
            b> SET k 1
            CLIENT CACHING NO
            CLIENT TRACKING ON OPTOUT
            """
        },
        {
            "caching yes lasts over other words to CLIENT alone", """
            CLIENT TRACKING ON OPTIN
            CLIENT CACHING YES
            CLIENT TRACKING ON OPTIN NOLOOP
            CLIENT TRACKINGINFO
            GET k
            b> SET k 1
            CLIENT CACHING YES
            CLIENT
            GET k
            b> SET k 2
            CLIENT CACHING YES
            CLIENT BOGUS
            GET k
            b> SET k 3
            """
        },
        {
            "own changes are announced though tracking ended in the transaction", """
            CLIENT TRACKING ON
            GET k
            MULTI
            SET k 1
            CLIENT TRACKING OFF
            EXEC
            CLIENT TRACKING ON
            GET k
            MULTI
            SET k 2
            CLIENT TRACKING OFF
            CLIENT TRACKING ON
            EXEC
            """
        },
        {
            "redirected to itself", """
            CLIENT TRACKING ON REDIRECT {a.id}
            GET k
            b> SET k 1
            GET k
            SUBSCRIBE c
            b> SET k 2
            PING
            """
        },
        {
            "optout unless caching no", """
            CLIENT TRACKING ON OPTOUT
            GET k
            b> SET k 1
            CLIENT CACHING NO
            CLIENT TRACKINGINFO
            GET k
            b> SET k 1
            CLIENT CACHING YES
            """
        },
        {
            "broadcast by prefix", """
            CLIENT TRACKING ON BCAST PREFIX user: PREFIX session:
            CLIENT TRACKINGINFO
            b> SET user:1 a
            b> SET other a
            b> MSET user:2 a session:3 b user:1 c
            b> DEL user:1 user:2
            SET user:9 own
            b> FLUSHALL
            CLIENT TRACKING ON BCAST PREFIX user
            CLIENT TRACKING ON BCAST PREFIX item:
            CLIENT TRACKINGINFO
            b> SET item:1 a
            CLIENT TRACKING ON BCAST PREFIX a PREFIX ab
            CLIENT TRACKING ON
            CLIENT TRACKING OFF
            CLIENT TRACKINGINFO
            b> SET item:1 b
            """
        },
        {
            "broadcast of everything, without own changes", """
            CLIENT TRACKING ON BCAST NOLOOP
            b> SET x 1
            SET y 1
            b> SET z 1
            b> MULTI
            b> SET q 1
            b> SET r 1
            b> EXEC
            """
        },
        {
            "flushing empties every copy", """
            CLIENT TRACKING ON
            GET a
            b> FLUSHALL
            GET a
            FLUSHDB
            b> SET a 1
            """
        },
        {
            "reads of other types and subcommands", """
            CLIENT TRACKING ON
            LRANGE l 0 -1
            b> RPUSH l a
            SMEMBERS s
            b> SADD s a
            b> SADD s a
            ZRANGE z 0 -1
            b> ZADD z 1 a
            ZSCORE z a
            b> ZADD z 1 a
            b> ZADD z 2 a
            OBJECT ENCODING z
            b> ZINCRBY z 1 a
            HSCAN h 0
            b> HSET h a 1
            SINTER s s2
            b> SADD s2 x
            STRLEN t
            b> APPEND t x
            TYPE t
            b> SETRANGE t 0 y
            EXISTS c
            b> COPY t c
            DBSIZE
            b> SET fresh 1
            """
        },
        {
            "wrong options", """
            CLIENT TRACKING
            CLIENT TRACKING MAYBE
            CLIENT TRACKING ON BOGUS
            CLIENT TRACKING ON PREFIX a
            CLIENT TRACKING ON REDIRECT 999999
            CLIENT TRACKING ON REDIRECT abc
            CLIENT TRACKING ON BCAST OPTIN
            CLIENT TRACKING ON OPTIN OPTOUT
            CLIENT TRACKING ON BCAST PREFIX aa PREFIX a
            CLIENT CACHING MAYBE
            CLIENT TRACKINGINFO
            """
        },
        {
            "redirected to another client", """
            b> PING
            CLIENT TRACKING ON REDIRECT {b.id}
            CLIENT TRACKING ON REDIRECT {b.id} REDIRECT {b.id}
            GET k
            c> SET k 1
            GET k
            c> FLUSHALL
            """
        },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Invalidations_come_as_from_Redis(string name, string script)
    {
        Assert.NotEmpty(name);
        await using var pair = await DifferentialPair.StartAsync(3);
        await pair.RunAsync(script);
    }

    [Fact]
    public async Task RESP2_clients_get_invalidations_through_a_subscribed_connection()
    {
        await using var pair = await DifferentialPair.StartAsync(2);
        await pair.RunAsync("""
            b> SUBSCRIBE __redis__:invalidate
            CLIENT TRACKING ON REDIRECT {c.id}
            CLIENT TRACKING OFF
            c> SUBSCRIBE __redis__:invalidate
            PING
            """);
        var (real, embedded) = await pair.ClientAsync("d");
        var redirect = await pair.ClientAsync("e");
        var (realId, embeddedId) = ((await redirect.Real.SendAsync("CLIENT", "ID")).Text, (await redirect.Embedded.SendAsync("CLIENT", "ID")).Text);
        await pair.RunAsync("e> SUBSCRIBE __redis__:invalidate");
        Assert.Equal("OK", (await real.SendAsync("CLIENT", "TRACKING", "ON", "REDIRECT", realId)).Text);
        Assert.Equal("OK", (await embedded.SendAsync("CLIENT", "TRACKING", "ON", "REDIRECT", embeddedId)).Text);
        await pair.RunAsync("""
            d> GET k
            a> SET k 1
            d> GET k
            d> SET k 2
            d> GET k
            a> FLUSHALL
            """);
    }

    [Theory]
    [InlineData("CLIENT TRACKING ON")]
    [InlineData("CLIENT TRACKING ON BCAST")]
    [InlineData("CLIENT TRACKING ON NOLOOP")]
    public async Task A_key_that_ends_by_itself_is_announced(string tracking)
    {
        await using var pair = await DifferentialPair.StartAsync(3);
        await pair.RunAsync($"""
            {tracking}
            b> SET k v PX 1500
            GET k
            """);
        var (real, embedded) = await pair.ClientAsync("a");
        Assert.Equal((await real.ReadAsync()).ToString(), (await embedded.ReadAsync()).ToString());
        await pair.RunAsync("GET k");
    }
}
