using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>Numbers as Redis reads and writes them; stricter than the framework's parsers, which accept "+1", "01" and spaces.</summary>
internal static class Numbers
{
    public static bool TryParseInt64(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > 20) return false;
        var digits = text[0] == (byte)'-' ? text[1..] : text;
        if (digits.IsEmpty) return false;
        // Only one spelling of each number counts as a number: no "-0", no leading zero.
        if (digits[0] == (byte)'0' ? text.Length > 1 : digits[0] is < (byte)'1' or > (byte)'9') return false;
        return Utf8Parser.TryParse(text, out value, out var consumed) && consumed == text.Length;
    }

    public static bool TryParseUInt64(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        if (text.IsEmpty || text[0] is < (byte)'0' or > (byte)'9') return false;
        return Utf8Parser.TryParse(text, out value, out var consumed) && consumed == text.Length;
    }

    /// <summary>Reads a floating-point number as C's strtod does for Redis: no surrounding space, "inf" and "infinity" in any case, never NaN.</summary>
    public static bool TryParseDouble(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > 256) return false;
        if (TryParseInfinity(text, out value)) return true;
        // Neither too large for a double nor so small that nothing is left of it.
        return TryParseDecimal(text, out value) && double.IsFinite(value) && (value != 0 || !HasDigits(text));
    }

    /// <summary>Reads a bound of a range, where Redis takes what strtod makes of it: spaces before it are skipped, nothing is 0, and what is out of range is the nearest that there is.</summary>
    public static bool TryParseBound(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        text = text.TrimStart(" \t\n\v\f\r"u8);
        return text.IsEmpty || TryParseInfinity(text, out value) || TryParseDecimal(text, out value);
    }

    public static byte[] ToBytes(long value)
    {
        Span<byte> buffer = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, buffer, out var written);
        return buffer[..written].ToArray();
    }

    /// <summary>Writes a double as C's <c>%.17g</c> does, which is what Redis 7.0 replies with.</summary>
    public static string Format(double value)
    {
        if (double.IsPositiveInfinity(value)) return "inf";
        if (double.IsNegativeInfinity(value)) return "-inf";
        if (value == 0) return double.IsNegative(value) ? "-0" : "0";

        var scientific = value.ToString("E16", CultureInfo.InvariantCulture);
        var split = scientific.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(scientific.AsSpan(split + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var sign = value < 0 ? "-" : "";
        var digits = scientific[..split].Replace(".", "", StringComparison.Ordinal).TrimStart('-').TrimEnd('0');
        if (exponent is < -4 or >= 17)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        if (digits.Length <= exponent + 1) return sign + digits.PadRight(exponent + 1, '0');
        return $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    private static bool TryParseDecimal(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        foreach (var b in text)
            if (!(b is >= (byte)'0' and <= (byte)'9' or (byte)'+' or (byte)'-' or (byte)'.' or (byte)'e' or (byte)'E')) return false;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether there is any digit but 0 before the exponent.</summary>
    private static bool HasDigits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'e', (byte)'E');
        return (end < 0 ? text : text[..end]).IndexOfAnyInRange((byte)'1', (byte)'9') >= 0;
    }

    private static bool TryParseInfinity(ReadOnlySpan<byte> text, out double value)
    {
        value = text[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity;
        var word = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        return ByteText.EqualsIgnoreCase(word, "inf"u8) || Ascii.EqualsIgnoreCase(word, "infinity"u8);
    }
}
