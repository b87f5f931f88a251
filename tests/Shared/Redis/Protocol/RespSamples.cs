using System.Text;

namespace ShopSession.Redis.Tests.Protocol;

/// <summary>Replies in wire form beside what they mean, in a notation made for comparing.</summary>
public static class RespSamples
{
    private static readonly string Long = new('x', 70_000);

    public static IReadOnlyList<(string Wire, string Meaning)> All { get; } =
    [
        ("+OK\r\n", "SimpleString(OK)"),
        ("+\r\n", "SimpleString()"),
        ("-ERR something\r\n", "Error(ERR something)"),
        (":0\r\n", "0"),
        (":-9223372036854775808\r\n", "-9223372036854775808"),
        ("$5\r\nhello\r\n", "BulkString(hello)"),
        ("$0\r\n\r\n", "BulkString()"),
        ("$4\r\n\r\n\r\n\r\n", "BulkString(\r\n\r\n)"),
        ("$-1\r\n", "null"),
        ("*-1\r\n", "null"),
        ("_\r\n", "null"),
        ("*0\r\n", "Array[]"),
        ("%0\r\n", "Map[]"),
        ("*3\r\n$1\r\na\r\n:1\r\n*1\r\n_\r\n", "Array[BulkString(a),1,Array[null]]"),
        ("%2\r\n+a\r\n:1\r\n+b\r\n~2\r\n:2\r\n:3\r\n", "Map[SimpleString(a),1,SimpleString(b),Set[2,3]]"),
        ("#t\r\n", "true"),
        ("#f\r\n", "false"),
        (",1.5\r\n", "Double(1.5)"),
        (",-1e-3\r\n", "Double(-0.001)"),
        (",inf\r\n", "Double(Infinity)"),
        (",-inf\r\n", "Double(-Infinity)"),
        (",nan\r\n", "Double(NaN)"),
        ("(3492890328409238509324850943850943825024385\r\n", "BigNumber(3492890328409238509324850943850943825024385)"),
        ("=15\r\ntxt:Some string\r\n", "VerbatimString(Some string)"),
        ("!21\r\nSYNTAX invalid syntax\r\n", "Error(SYNTAX invalid syntax)"),
        ("|1\r\n+ttl\r\n:3600\r\n$1\r\nv\r\n", "BulkString(v)"),
        ("*2\r\n|1\r\n+ttl\r\n*1\r\n:1\r\n:7\r\n:8\r\n", "Array[7,8]"),
        ("|0\r\n:1\r\n", "1"),
        (">2\r\n+invalidate\r\n*1\r\n$1\r\nk\r\n", "push Array[SimpleString(invalidate),Array[BulkString(k)]]"),
        ("*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n", "Array[Array[Array[Array[1]]]]"),
        ("*300\r\n" + string.Concat(Enumerable.Repeat(":1\r\n", 300)), "Array[" + string.Join(',', Enumerable.Repeat("1", 300)) + "]"),
        ($"$70000\r\n{Long}\r\n", $"BulkString({Long})"),
        ($"*2\r\n$70000\r\n{Long}\r\n+é\r\n", $"Array[BulkString({Long}),SimpleString(é)]"),
    ];

    public static byte[] Bytes(string wire) => Encoding.UTF8.GetBytes(wire);

    public static string Meaning(RedisReply reply, bool isPush = false) => (isPush ? "push " : "") + reply.Type switch
    {
        RedisReplyType.Null => "null",
        RedisReplyType.Integer => reply.AsString(),
        RedisReplyType.Boolean => reply.AsBoolean() ? "true" : "false",
        RedisReplyType.Array or RedisReplyType.Map or RedisReplyType.Set =>
            $"{reply.Type}[{string.Join(',', reply.Items.Select(item => Meaning(item)))}]",
        _ => $"{reply.Type}({reply.AsString()})",
    };
}
