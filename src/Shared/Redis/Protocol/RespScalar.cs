using System.Buffers;
using System.Globalization;
using System.Text;

namespace ShopSession.Redis.Protocol;

/// <summary>Values that stand on one line.</summary>
internal static class RespScalar
{
    // The replies of nearly every write: shared, since replies are immutable.
    private static readonly byte[] Ok = "OK"u8.ToArray();
    private static readonly byte[] Queued = "QUEUED"u8.ToArray();
    private static readonly byte[] Pong = "PONG"u8.ToArray();
    private static readonly SearchValues<byte> DoubleCharacters = SearchValues.Create("0123456789+-.eE"u8);

    public static RedisReply Parse(byte kind, ReadOnlySpan<byte> line) => kind switch
    {
        (byte)'+' => RedisReply.FromBytes(RedisReplyType.SimpleString, Intern(line)),
        (byte)'-' => RedisReply.FromBytes(RedisReplyType.Error, line.ToArray()),
        (byte)':' => RedisReply.FromInt64(ParseInteger(line)),
        (byte)',' => RedisReply.FromDouble(ParseDouble(line)),
        (byte)'#' => RedisReply.FromBoolean(ParseBoolean(line)),
        (byte)'(' => RedisReply.FromBytes(RedisReplyType.BigNumber, ParseBigNumber(line)),
        _ => line.IsEmpty ? RedisReply.Null : throw Bad("null", line),
    };

    /// <summary>The doubles that servers write as words.</summary>
    public static bool TryParseWord(ReadOnlySpan<byte> text, out double value)
    {
        value = text.SequenceEqual("inf"u8) || text.SequenceEqual("+inf"u8) ? double.PositiveInfinity
            : text.SequenceEqual("-inf"u8) ? double.NegativeInfinity
            : text.SequenceEqual("nan"u8) || text.SequenceEqual("-nan"u8) ? double.NaN
            : 0;
        return !double.IsFinite(value);
    }

    /// <summary>A length or a number of items; -1 stands for null.</summary>
    public static long ParseLength(byte kind, ReadOnlySpan<byte> line)
    {
        if (!long.TryParse(line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var length) || length < -1)
            throw Bad($"length ('{(char)kind}')", line);
        // Room for twice the number (maps) without overflow; the limit on whole replies is far below.
        return length <= int.MaxValue / 2 ? length : throw new RedisProtocolException($"A length of {length} is beyond every limit.");
    }

    private static byte[] Intern(ReadOnlySpan<byte> line) =>
        line.SequenceEqual(Ok) ? Ok
        : line.SequenceEqual(Queued) ? Queued
        : line.SequenceEqual(Pong) ? Pong
        : line.ToArray();

    private static long ParseInteger(ReadOnlySpan<byte> line) =>
        long.TryParse(line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Bad("integer", line);

    private static double ParseDouble(ReadOnlySpan<byte> line)
    {
        if (TryParseWord(line, out var value)) return value;
        // The framework also reads its own words and trims around them; the protocol knows no other than those above.
        if (line.ContainsAnyExcept(DoubleCharacters)) throw Bad("double", line);
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(line, Style, CultureInfo.InvariantCulture, out value) ? value : throw Bad("double", line);
    }

    private static bool ParseBoolean(ReadOnlySpan<byte> line) =>
        line.SequenceEqual("t"u8) || (line.SequenceEqual("f"u8) ? false : throw Bad("boolean", line));

    private static byte[] ParseBigNumber(ReadOnlySpan<byte> line)
    {
        var digits = line.Length > 0 && line[0] is (byte)'-' or (byte)'+' ? line[1..] : line;
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? line.ToArray() : throw Bad("big number", line);
    }

    private static RedisProtocolException Bad(string what, ReadOnlySpan<byte> line) =>
        new($"'{Encoding.Latin1.GetString(line[..Math.Min(line.Length, 40)])}' is no {what}.");
}
