using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ShopSession.Web.Localization;

/// <summary>
/// An English sentence with values in it, taken apart so that it can be said in another language: <c>T[$"Page {n} of {all}"]</c> has the key
/// <c>Page {0} of {1}</c>, and a translation may put the values into another order. Made by the compiler from an interpolated string.
/// </summary>
[InterpolatedStringHandler]
public sealed class Phrase
{
    private readonly StringBuilder _key;
    private readonly object?[] _values;
    private int _count;

    /// <summary>Called by the compiler.</summary>
    public Phrase(int literalLength, int formattedCount)
    {
        _key = new StringBuilder(literalLength + (formattedCount * 3));
        _values = new object?[formattedCount];
    }

    /// <summary>The sentence with numbered places for its values, in the form of <see cref="string.Format(string, object[])"/>.</summary>
    public string Key => _key.ToString();

    internal object?[] Values => _values;

    /// <summary>Called by the compiler.</summary>
    public void AppendLiteral(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _key.Append(value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
    }

    /// <summary>Called by the compiler.</summary>
    public void AppendFormatted<TValue>(TValue value, string? format = null)
    {
        _key.Append('{').Append(CultureInfo.InvariantCulture, $"{_count}");
        if (format is not null) _key.Append(':').Append(format);
        _key.Append('}');
        _values[_count++] = value;
    }
}
