using System.Text;
using BenchmarkDotNet.Attributes;
using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.Bench;

/// <summary>Writing a command and reading a reply, without network.</summary>
[MemoryDiagnoser]
public class ProtocolBenchmarks
{
    private static readonly RedisCommand Get = new("GET", (RedisKey)"session:{u1}:0123456789abcdef");
    private static readonly RedisCommand HashSet = new("HSET", (RedisKey)"session:{u1}:0123456789abcdef", "name", "Ada", "count", 7L);
    private static readonly byte[] Ok = "+OK\r\n"u8.ToArray();
    private static readonly byte[] Number = ":42\r\n"u8.ToArray();
    private static readonly byte[] Bulk = Encoding.ASCII.GetBytes("$100\r\n" + new string('x', 100) + "\r\n");
    private static readonly byte[] Hash = Encoding.ASCII.GetBytes("%5\r\n" + string.Concat(Enumerable.Repeat("$5\r\nfield\r\n$10\r\n0123456789\r\n", 5)));

    private readonly OutputBuffer _buffer = new();
    private readonly RespParser _parser = new(new RespLimits());

    [Benchmark]
    public int WriteGet() => Write(Get);

    [Benchmark]
    public int WriteHashSet() => Write(HashSet);

    [Benchmark]
    public RedisCommand MakeGet() => new("GET", (RedisKey)"session:{u1}:0123456789abcdef");

    [Benchmark]
    public RedisReply ReadOk() => Read(Ok);

    [Benchmark]
    public RedisReply ReadInteger() => Read(Number);

    [Benchmark]
    public RedisReply ReadBulk100() => Read(Bulk);

    [Benchmark]
    public RedisReply ReadHashOfFive() => Read(Hash);

    private int Write(RedisCommand command)
    {
        _buffer.Clear();
        _buffer.Write(command);
        return _buffer.Length;
    }

    private RedisReply Read(ReadOnlySpan<byte> bytes) => _parser.TryRead(ref bytes, out var reply, out _) ? reply : throw new InvalidOperationException();
}
