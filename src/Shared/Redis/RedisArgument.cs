using System.Globalization;
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
    private readonly string? _text;
    private readonly ReadOnlyMemory<byte> _bytes;

    private RedisArgument(string? text, ReadOnlyMemory<byte> bytes, bool isKey)
    {
        _text = text;
        _bytes = bytes;
        IsKey = isKey;
    }

    /// <summary>Whether the argument is the name of a key, as cluster routing and the near cache need to know.</summary>
    public bool IsKey { get; }

    /// <summary>The key's name, or <see langword="null"/> when the argument is no key.</summary>
    internal string? KeyName => IsKey ? _text : null;

    /// <summary>Text argument.</summary>
    public static implicit operator RedisArgument(string text) => new(text ?? throw new ArgumentNullException(nameof(text)), default, false);

    /// <summary>Binary argument. The memory must not change until the reply has come.</summary>
    public static implicit operator RedisArgument(ReadOnlyMemory<byte> bytes) => new(null, bytes, false);

    /// <summary>Binary argument. The array must not change until the reply has come.</summary>
    public static implicit operator RedisArgument(byte[] bytes) => new(null, bytes, false);

    /// <summary>Key argument.</summary>
    public static implicit operator RedisArgument(RedisKey key) => new(key.Value, default, true);

    /// <summary>Integer argument.</summary>
    public static implicit operator RedisArgument(long number) => new(number.ToString(CultureInfo.InvariantCulture), default, false);

    /// <summary>Floating-point argument, in the shortest form that reads back the same.</summary>
    public static implicit operator RedisArgument(double number) => new(number.ToString("R", CultureInfo.InvariantCulture), default, false);

    /// <summary>The argument's length on the wire in bytes.</summary>
    public int ByteCount => _text is null ? _bytes.Length : Encoding.UTF8.GetByteCount(_text);

    /// <summary>Writes the argument's bytes to <paramref name="destination"/>, which must hold <see cref="ByteCount"/> bytes.</summary>
    public int CopyTo(Span<byte> destination)
    {
        if (_text is not null) return Encoding.UTF8.GetBytes(_text, destination);
        _bytes.Span.CopyTo(destination);
        return _bytes.Length;
    }
}
