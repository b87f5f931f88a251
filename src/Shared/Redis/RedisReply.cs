using System.Globalization;
using System.Text;
using ShopSession.Redis.Connections;
using ShopSession.Redis.Protocol;

namespace ShopSession.Redis;

/// <summary>The kinds of reply of RESP2 and RESP3.</summary>
public enum RedisReplyType
{
    /// <summary>Nothing: the null bulk string, the null array or RESP3's null.</summary>
    Null,

    /// <summary>A short status such as <c>OK</c>.</summary>
    SimpleString,

    /// <summary>An error; its text starts with the error code.</summary>
    Error,

    /// <summary>A 64-bit integer.</summary>
    Integer,

    /// <summary>Bytes.</summary>
    BulkString,

    /// <summary>An array.</summary>
    Array,

    /// <summary>A RESP3 map; <see cref="RedisReply.Items"/> holds key, value, key, value, …</summary>
    Map,

    /// <summary>A RESP3 set.</summary>
    Set,

    /// <summary>A RESP3 double.</summary>
    Double,

    /// <summary>A RESP3 boolean.</summary>
    Boolean,

    /// <summary>A RESP3 big number, kept as text.</summary>
    BigNumber,

    /// <summary>A RESP3 verbatim string, without its format prefix.</summary>
    VerbatimString,
}

/// <summary>A reply of the server. Immutable.</summary>
public readonly struct RedisReply
{
    private readonly long _number;
    private readonly object? _payload;

    private RedisReply(RedisReplyType type, long number, object? payload)
    {
        Type = type;
        _number = number;
        _payload = payload;
    }

    /// <summary>What the reply is.</summary>
    public RedisReplyType Type { get; }

    /// <summary>Whether the reply is null, in any of its forms.</summary>
    public bool IsNull => Type == RedisReplyType.Null;

    /// <summary>Whether the reply is an error.</summary>
    public bool IsError => Type == RedisReplyType.Error;

    /// <summary>The items of an array, set or map (key, value, key, value, …); empty for null.</summary>
    /// <exception cref="RedisException">The reply is not an aggregate.</exception>
    public IReadOnlyList<RedisReply> Items => _payload as RedisReply[] ?? (IsNull ? [] : throw Unexpected("an array, set or map"));

    /// <summary>The null reply.</summary>
    public static RedisReply Null => default;

    /// <summary>Makes an integer reply.</summary>
    public static RedisReply FromInt64(long value) => new(RedisReplyType.Integer, value, null);

    /// <summary>Makes a boolean reply.</summary>
    public static RedisReply FromBoolean(bool value) => new(RedisReplyType.Boolean, value ? 1 : 0, null);

    /// <summary>Makes a double reply.</summary>
    public static RedisReply FromDouble(double value) => new(RedisReplyType.Double, BitConverter.DoubleToInt64Bits(value), null);

    /// <summary>Makes a reply that carries bytes: a bulk, simple or verbatim string, a big number or an error.</summary>
    public static RedisReply FromBytes(RedisReplyType type, byte[] bytes) => new(type, 0, bytes);

    /// <summary>Makes an aggregate reply.</summary>
    public static RedisReply FromItems(RedisReplyType type, RedisReply[] items) => new(type, 0, items);

    /// <summary>The bytes of a string reply; empty for null.</summary>
    /// <exception cref="RedisException">The reply carries no bytes.</exception>
    public ReadOnlyMemory<byte> AsBytes() => _payload as byte[] ?? (IsNull ? ReadOnlyMemory<byte>.Empty : throw Unexpected("a string"));

    /// <summary>The bytes of a string reply as an array of their own; empty for null.</summary>
    /// <exception cref="RedisException">The reply carries no bytes.</exception>
    public byte[] ToArray() => AsBytes().ToArray();

    /// <summary>The text of a string reply (UTF-8), a number in decimal form, or <see langword="null"/>.</summary>
    public string? AsString() => Type switch
    {
        RedisReplyType.Null => null,
        RedisReplyType.Integer => _number.ToString(CultureInfo.InvariantCulture),
        RedisReplyType.Boolean => _number.ToString(CultureInfo.InvariantCulture),
        RedisReplyType.Double => AsDouble().ToString("R", CultureInfo.InvariantCulture),
        _ => Encoding.UTF8.GetString(AsBytes().Span),
    };

    /// <summary>The number of an integer reply, or of a string that holds one.</summary>
    /// <exception cref="RedisException">The reply is neither.</exception>
    public long AsInt64() => Type switch
    {
        RedisReplyType.Integer or RedisReplyType.Boolean => _number,
        RedisReplyType.BulkString or RedisReplyType.SimpleString
            when long.TryParse(AsBytes().Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        _ => throw Unexpected("an integer"),
    };

    /// <summary>The number of a double or integer reply, or of a string that holds one.</summary>
    /// <exception cref="RedisException">The reply is neither.</exception>
    public double AsDouble() => Type switch
    {
        RedisReplyType.Double => BitConverter.Int64BitsToDouble(_number),
        RedisReplyType.Integer => _number,
        // What RESP3 has doubles for, RESP2 tells as text.
        RedisReplyType.BulkString or RedisReplyType.SimpleString
            when RespScalar.TryParseWord(AsBytes().Span, out var value) || double.TryParse(AsBytes().Span, NumberStyles.Float, CultureInfo.InvariantCulture, out value) => value,
        _ => throw Unexpected("a number"),
    };

    /// <summary>The truth of a boolean reply, or whether an integer is not 0.</summary>
    public bool AsBoolean() => AsInt64() != 0;

    /// <summary>Throws when the reply is an error; else returns it.</summary>
    /// <exception cref="RedisServerException">The server refused the command.</exception>
    /// <exception cref="RedisUnavailableException">The server takes no commands at the moment (it loads its data, or has become a replica); this one was not executed.</exception>
    public RedisReply ThrowIfError() => IsError ? throw RedisRefusal.ExceptionOf(this) : this;

    /// <summary>The bytes of a string reply without a copy, for the only one who holds the reply; <see langword="null"/> for null.</summary>
    internal byte[]? TakeBytes() => _payload as byte[] ?? (IsNull ? null : throw Unexpected("a string"));

    /// <summary>Whether a command did what it was asked: a status or a number other than 0, not null.</summary>
    internal bool AsTruth() => Type is RedisReplyType.SimpleString || (!IsNull && AsBoolean());

    private RedisException Unexpected(string expected) => IsError
        ? RedisRefusal.ExceptionOf(this)
        : new RedisProtocolException($"The server replied with {Type} where {expected} was expected.");
}
