using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ShopSession.Redis;

/// <summary>The name of a key. A type of its own, so that a key is never mistaken for a value.</summary>
/// <param name="Value">The key, sent as UTF-8.</param>
public readonly record struct RedisKey(string Value)
{
    /// <summary>Makes a key of its name.</summary>
    public static implicit operator RedisKey(string value) => new(value);

    /// <summary>Makes a key of its name.</summary>
    public static RedisKey FromString(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>One argument of a command: text (sent as UTF-8), bytes, a key, or a number (sent in invariant decimal form).</summary>
public readonly struct RedisArgument
{
    // Stand in _value for a number, whose bits are in _bits: so numbers need no text of their own, and the struct is 16 bytes.
    private static readonly object Integer = new();
    private static readonly object Floating = new();
    private const int LongestNumber = 32;

    // Text: _bits is 1 for a key. Bytes: _bits is the start (upper half) and the length (lower half).
    private readonly object? _value;
    private readonly long _bits;

    private RedisArgument(object? value, long bits)
    {
        _value = value;
        _bits = bits;
    }

    /// <summary>Whether the argument is the name of a key, as cluster routing and the near cache need to know.</summary>
    public bool IsKey => _value is string && _bits != 0;

    /// <summary>The key's name, or <see langword="null"/> when the argument is no key.</summary>
    internal string? KeyName => _bits != 0 ? _value as string : null;

    /// <summary>The text of a text argument that is no key.</summary>
    internal string? Text => _bits == 0 ? _value as string : null;

    /// <summary>Whether the argument is this word, in any case.</summary>
    internal bool IsText(string word) => _value switch
    {
        string text => string.Equals(text, word, StringComparison.OrdinalIgnoreCase),
        byte[] bytes => Ascii.EqualsIgnoreCase(bytes.AsSpan((int)(_bits >> 32), (int)_bits), word),
        _ => false,
    };

    /// <summary>Text argument.</summary>
    public static implicit operator RedisArgument(string text) => new(text ?? throw new ArgumentNullException(nameof(text)), 0);

    /// <summary>Binary argument. The memory must not change until the reply has come.</summary>
    public static implicit operator RedisArgument(ReadOnlyMemory<byte> bytes)
    {
        // Memory that is not of an array is rare, and copied.
        var segment = MemoryMarshal.TryGetArray(bytes, out var array) ? array : new ArraySegment<byte>(bytes.ToArray());
        return new(segment.Array, ((long)segment.Offset << 32) | (uint)segment.Count);
    }

    /// <summary>Binary argument. The array must not change until the reply has come.</summary>
    public static implicit operator RedisArgument(byte[] bytes) => new(bytes ?? throw new ArgumentNullException(nameof(bytes)), bytes.Length);

    /// <summary>Key argument.</summary>
    public static implicit operator RedisArgument(RedisKey key) => new(key.Value ?? throw new ArgumentException("The key has no name.", nameof(key)), 1);

    /// <summary>Integer argument.</summary>
    public static implicit operator RedisArgument(long number) => new(Integer, number);

    /// <summary>Floating-point argument, in the shortest form that reads back the same.</summary>
    public static implicit operator RedisArgument(double number) => new(Floating, BitConverter.DoubleToInt64Bits(number));

    /// <summary>The argument's length on the wire in bytes.</summary>
    public int ByteCount => _value switch
    {
        string text => Encoding.UTF8.GetByteCount(text),
        null or byte[] => (int)_bits,
        _ => Format(stackalloc byte[LongestNumber]),
    };

    /// <summary>Writes the argument's bytes to <paramref name="destination"/>, which must hold <see cref="ByteCount"/> bytes.</summary>
    public int CopyTo(Span<byte> destination)
    {
        switch (_value)
        {
            case string text:
                return Encoding.UTF8.GetBytes(text, destination);
            case byte[] bytes:
                bytes.AsSpan((int)(_bits >> 32), (int)_bits).CopyTo(destination);
                return (int)_bits;
            case null:
                return 0;
            default:
                return Format(destination);
        }
    }

    private int Format(Span<byte> destination)
    {
        var written = 0;
        var fits = ReferenceEquals(_value, Integer)
            ? _bits.TryFormat(destination, out written, default, CultureInfo.InvariantCulture)
            : BitConverter.Int64BitsToDouble(_bits).TryFormat(destination, out written, "R", CultureInfo.InvariantCulture);
        return fits ? written : throw new ArgumentException("The destination is shorter than the argument.", nameof(destination));
    }
}
