namespace ShopSession.Redis.Embedded.Tests.Differential.Scripts;

/// <summary>Hashes.</summary>
internal static class HashScript
{
    public const string Text =
        """
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
        """;
}
