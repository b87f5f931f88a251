using System.Globalization;
using System.Numerics;

namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>
/// The 80-bit floating-point number (64 bits of mantissa) that Redis computes INCRBYFLOAT and HINCRBYFLOAT with on x86-64, which is why
/// 0.1 + 0.2 gives 0.3 there. The runtime has no such type, so mantissa and exponent are kept apart: value = mantissa * 2^exponent.
/// </summary>
internal readonly struct ExtendedFloat
{
    private const int MantissaBits = 64;
    private const int LargestExponent = 16384;

    // Of what is smaller nothing would be left, which Redis refuses.
    private const int SmallestExponent = -16445;
    private const int LongestText = 5 * 1024;
    private const int Decimals = 17;

    private readonly BigInteger _mantissa;
    private readonly int _exponent;
    private readonly bool _isInfinite;

    private ExtendedFloat(BigInteger mantissa, int exponent, bool isInfinite = false) => (_mantissa, _exponent, _isInfinite) = (mantissa, exponent, isInfinite);

    public static ExtendedFloat Zero => default;

    public bool IsFinite => !_isInfinite;

    public static bool TryParse(ReadOnlySpan<byte> text, out ExtendedFloat value)
    {
        value = default;
        if (text.IsEmpty || text.Length > LongestText) return false;
        if (Numbers.TryParseDouble(text.Length > 16 ? [] : text, out var number) && double.IsInfinity(number))
        {
            value = new ExtendedFloat(Math.Sign(number), 0, isInfinite: true);
            return true;
        }

        var at = text[0] is (byte)'+' or (byte)'-' ? 1 : 0;
        var digits = new System.Text.StringBuilder();
        var (scale, hasPoint, exponent) = (0, false, 0);
        for (; at < text.Length && (char.IsAsciiDigit((char)text[at]) || (text[at] == '.' && !hasPoint)); at++)
        {
            if (text[at] == '.')
            {
                hasPoint = true;
                continue;
            }

            digits.Append((char)text[at]);
            if (hasPoint) scale--;
        }

        if (digits.Length == 0) return false;
        if (at < text.Length)
        {
            if (text[at] is not ((byte)'e' or (byte)'E')) return false;
            if (!int.TryParse(text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs((long)exponent) > LongestText) return false;
        }

        var whole = BigInteger.Parse(digits.ToString(), CultureInfo.InvariantCulture);
        value = FromDecimal(text[0] == (byte)'-' ? -whole : whole, scale + exponent);
        return value.IsFinite && (value._mantissa.IsZero || BigInteger.Abs(value._mantissa).GetBitLength() + value._exponent >= SmallestExponent);
    }

    public ExtendedFloat Add(ExtendedFloat other)
    {
        // Infinity with anything is refused by the caller; which one it is does not matter.
        if (_isInfinite || other._isInfinite) return new ExtendedFloat(1, 0, isInfinite: true);
        var exponent = Math.Min(_exponent, other._exponent);
        return Round((_mantissa << (_exponent - exponent)) + (other._mantissa << (other._exponent - exponent)), exponent, isInexact: false);
    }

    /// <summary>The number with up to 17 decimals, without trailing zeros, as C's <c>%.17Lf</c> and then cut.</summary>
    public string ToText()
    {
        var scaled = BigInteger.Abs(_mantissa) * BigInteger.Pow(10, Decimals);
        scaled = _exponent >= 0 ? scaled << _exponent : ShiftRightToEven(scaled, -_exponent, isInexact: false);
        var text = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(Decimals + 1, '0');
        text = text[..^Decimals] + "." + text[^Decimals..];
        text = text.TrimEnd('0').TrimEnd('.');
        return _mantissa.Sign < 0 && text != "0" ? "-" + text : text;
    }

    private static ExtendedFloat FromDecimal(BigInteger digits, int exponent)
    {
        if (digits.IsZero) return default;
        if (exponent >= 0) return Round(digits * BigInteger.Pow(10, exponent), 0, isInexact: false);
        var divisor = BigInteger.Pow(10, -exponent);
        // Enough bits that the quotient has two more than the mantissa; the remainder only says whether it was exact.
        var shift = (int)Math.Max(0, MantissaBits + 2 + divisor.GetBitLength() - BigInteger.Abs(digits).GetBitLength());
        var quotient = BigInteger.DivRem(BigInteger.Abs(digits) << shift, divisor, out var remainder);
        return Round(digits.Sign < 0 ? -quotient : quotient, -shift, isInexact: !remainder.IsZero);
    }

    private static ExtendedFloat Round(BigInteger mantissa, int exponent, bool isInexact)
    {
        var magnitude = BigInteger.Abs(mantissa);
        var excess = (int)(magnitude.GetBitLength() - MantissaBits);
        if (excess > 0)
        {
            magnitude = ShiftRightToEven(magnitude, excess, isInexact);
            exponent += excess;
        }

        if (magnitude.GetBitLength() + exponent > LargestExponent) return new ExtendedFloat(mantissa.Sign, 0, isInfinite: true);
        return new ExtendedFloat(mantissa.Sign < 0 ? -magnitude : magnitude, exponent);
    }

    private static BigInteger ShiftRightToEven(BigInteger value, int bits, bool isInexact)
    {
        var result = value >> bits;
        var rest = value - (result << bits);
        var comparison = rest.CompareTo(BigInteger.One << (bits - 1));
        var roundsUp = comparison > 0 || (comparison == 0 && (isInexact || !result.IsEven));
        return roundsUp ? result + 1 : result;
    }
}
