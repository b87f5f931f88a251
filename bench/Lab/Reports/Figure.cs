using System.Globalization;

namespace ShopSession.Lab.Bench.Reports;

/// <summary>One thing that was measured.</summary>
/// <param name="Heading">Over a column or a chart.</param>
/// <param name="Value">Reads it off a result; <see langword="null"/>: not measured, or there is none.</param>
/// <param name="Format">How a value is shown.</param>
internal sealed record Figure<T>(string Heading, Func<T, double?> Value, string Format)
{
    public string Show(T result) => Value(result) is { } value ? (Format == "%" ? Say.Part(value) : value.ToString(Format, CultureInfo.InvariantCulture)) : "-";
}
