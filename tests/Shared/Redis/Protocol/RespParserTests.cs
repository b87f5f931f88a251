using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.Tests.Protocol;

public sealed class RespParserTests
{
    public static TheoryData<int> Samples => [.. Enumerable.Range(0, RespSamples.All.Count)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_type_is_read_when_it_comes_whole(int sample)
    {
        var (wire, meaning) = RespSamples.All[sample];
        Assert.Equal([meaning], Parse([RespSamples.Bytes(wire)]));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_type_is_read_byte_by_byte(int sample)
    {
        var (wire, meaning) = RespSamples.All[sample];
        Assert.Equal([meaning], Parse(RespSamples.Bytes(wire).Select(b => new[] { b })));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_type_is_read_in_every_split_into_two(int sample)
    {
        var (wire, meaning) = RespSamples.All[sample];
        var bytes = RespSamples.Bytes(wire + "+next\r\n");
        // All places of the short samples; of the long ones those near a boundary, and some between.
        for (var i = 0; i <= bytes.Length; i += bytes.Length < 3000 || i < 50 || bytes.Length - i < 100 ? 1 : 37)
            Assert.Equal([meaning, "SimpleString(next)"], Parse([bytes[..i], bytes[i..]]));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_type_is_read_when_long_strings_are_received_in_their_own_place(int sample)
    {
        var (wire, meaning) = RespSamples.All[sample];
        var stream = new MemoryStream(RespSamples.Bytes(wire + "+next\r\n"));
        // As a connection reads, with pieces of all sizes and a place of its own for whatever misses 3 bytes or more.
        foreach (var size in new[] { 1, 2, 3, 7, 100, 16_384, 100_000 })
        {
            stream.Position = 0;
            Assert.Equal([meaning, "SimpleString(next)"], ParseInPlace(stream, size));
        }
    }

    [Fact]
    public void A_long_announcement_gives_no_place_beyond_the_bytes_that_come()
    {
        var parser = new RespParser(new RespLimits());
        ReadOnlySpan<byte> input = "$100000000\r\n"u8;
        Assert.False(parser.TryRead(ref input, out _, out _));
        Assert.InRange(parser.Missing(16_384).Length, 16_384, 65_536);
        Assert.True(parser.Missing(100_000_001).IsEmpty);
    }

    [Fact]
    public void Replies_that_come_together_are_told_apart()
    {
        var all = RespSamples.Bytes(string.Concat(RespSamples.All.Select(sample => sample.Wire)));
        Assert.Equal(RespSamples.All.Select(sample => sample.Meaning), Parse([all]));
        Assert.Equal(RespSamples.All.Select(sample => sample.Meaning), Parse(all.Chunk(7)));
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "0x48 ('H')")]
    [InlineData("\u0015\u0003\u0001", "0x15")]
    [InlineData(":12a\r\n", "'12a' is no integer")]
    [InlineData(":99999999999999999999\r\n", "no integer")]
    [InlineData(":\r\n", "no integer")]
    [InlineData("$-2\r\n", "no length")]
    [InlineData("$abc\r\n", "no length")]
    [InlineData("*-7\r\n", "no length")]
    [InlineData("$99999999999\r\n", "beyond every limit")]
    [InlineData("$5\r\nhelloXY", "not followed by the end of the line")]
    [InlineData("+OK\n", "carriage return")]
    [InlineData("\n", "0x0A")]
    [InlineData("#x\r\n", "no boolean")]
    [InlineData(",1.2.3\r\n", "no double")]
    [InlineData(",Infinity\r\n", "no double")]
    [InlineData(", nan\r\n", "no double")]
    [InlineData("(12x\r\n", "no big number")]
    [InlineData("(\r\n", "no big number")]
    [InlineData("_x\r\n", "no null")]
    [InlineData("=3\r\ntxt\r\n", "verbatim")]
    [InlineData("*1\r\n>1\r\n+x\r\n", "push")]
    [InlineData(">0\r\n", "push")]
    public void Bytes_that_are_not_RESP_are_refused_with_what_is_wrong(string wire, string problem)
    {
        foreach (var pieces in new[] { [RespSamples.Bytes(wire)], RespSamples.Bytes(wire).Select(b => new[] { b }) })
        {
            var e = Assert.Throws<RedisProtocolException>(() => Parse(pieces));
            Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Endless_nesting_is_refused()
    {
        var e = Assert.Throws<RedisProtocolException>(() => Parse(Enumerable.Repeat("*1\r\n"u8.ToArray(), 100_000)));
        Assert.Contains("deeper than 32", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_end_is_refused()
    {
        var e = Assert.Throws<RedisProtocolException>(() => Parse([[(byte)'+', .. Enumerable.Repeat((byte)'x', 70_000)]]));
        Assert.Contains("65536", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$1073741823\r\n")]
    [InlineData("*100000000\r\n")]
    [InlineData("%60000000\r\n")]
    public void An_announcement_beyond_the_limit_is_refused(string wire) =>
        Assert.Throws<RedisProtocolException>(() => Parse([RespSamples.Bytes(wire)]));

    [Theory]
    [InlineData("$120000000\r\nabc")]
    [InlineData("*5000000\r\n:1\r\n")]
    public void An_announcement_takes_no_memory_before_the_bytes_come(string wire)
    {
        var bytes = RespSamples.Bytes(wire);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Parse([bytes]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void Many_small_announcements_inside_one_another_are_bounded_together()
    {
        // Each is within the limit, all of them are not.
        var wire = RespSamples.Bytes("*1000000\r\n");
        Assert.Throws<RedisProtocolException>(() => Parse(Enumerable.Repeat(wire, 30)));
    }

    private static List<string> ParseInPlace(MemoryStream stream, int size)
    {
        var parser = new RespParser(new RespLimits());
        var read = new List<string>();
        var (buffer, used) = (new byte[stream.Length], 0);
        while (true)
        {
            var direct = used == 0 ? parser.Missing(3) : default;
            var target = direct.IsEmpty ? buffer.AsMemory(used) : direct;
            var count = stream.Read(target.Span[..Math.Min(size, target.Length)]);
            if (count == 0) return read;
            if (!direct.IsEmpty)
            {
                parser.Advance(count);
                continue;
            }

            ReadOnlySpan<byte> input = buffer.AsSpan(0, used + count);
            while (parser.TryRead(ref input, out var reply, out var isPush)) read.Add(RespSamples.Meaning(reply, isPush));
            input.CopyTo(buffer);
            used = input.Length;
        }
    }

    /// <summary>RESP2 has no doubles: its servers tell them as text.</summary>
    [Theory]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("nan", double.NaN)]
    [InlineData("1.5e3", 1500)]
    public void A_double_is_the_same_in_both_protocols(string text, double value)
    {
        Assert.Equal(value, RedisReply.FromBytes(RedisReplyType.BulkString, System.Text.Encoding.ASCII.GetBytes(text)).AsDouble());
        Assert.Equal([RespSamples.Meaning(RedisReply.FromDouble(value), false)], Parse([System.Text.Encoding.ASCII.GetBytes($",{text}\r\n")]));
    }

    private static List<string> Parse(IEnumerable<byte[]> pieces)
    {
        var parser = new RespParser(new RespLimits());
        var read = new List<string>();
        var kept = Array.Empty<byte>();
        foreach (var piece in pieces)
        {
            ReadOnlySpan<byte> input = kept.Length == 0 ? piece : [.. kept, .. piece];
            while (parser.TryRead(ref input, out var reply, out var isPush)) read.Add(RespSamples.Meaning(reply, isPush));
            kept = input.ToArray();
        }

        return read;
    }
}
