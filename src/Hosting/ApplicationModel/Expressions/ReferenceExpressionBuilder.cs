using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Builds a <see cref="ReferenceExpression"/> part by part.</summary>
public sealed class ReferenceExpressionBuilder
{
    private readonly StringBuilder _format = new();
    private readonly List<IValueProvider> _values = [];
    private readonly List<string> _expressions = [];
    private readonly List<string?> _formats = [];

    /// <summary>Whether nothing was added yet.</summary>
    public bool IsEmpty => _format.Length == 0;

    /// <summary>Adds text.</summary>
    public void AppendLiteral(string value) =>
        _format.Append(value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

    /// <summary>Adds a value; the format <c>uri</c> escapes it.</summary>
    public void AppendValueProvider<T>(T valueProvider, string? format = null) where T : IValueProvider, IManifestExpressionProvider
    {
        if (format is not (null or ReferenceExpression.UriFormat))
            throw new FormatException($"The format '{format}' is not known to reference expressions; only '{ReferenceExpression.UriFormat}' is.");
        _format.Append(CultureInfo.InvariantCulture, $"{{{_values.Count}}}");
        _values.Add(valueProvider);
        _expressions.Add(valueProvider.ValueExpression);
        _formats.Add(format);
    }

#pragma warning disable CA1822 // The handler has added its parts to this instance before the call.
    /// <summary>Adds an interpolated string: <c>Append($"{host}:{port}")</c>.</summary>
    public void Append([InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler) => _ = handler;
#pragma warning restore CA1822

    /// <summary>The expression so far.</summary>
    public ReferenceExpression Build() => new(_format.ToString(), [.. _values], [.. _expressions], [.. _formats]);

    /// <summary>Collects the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct ReferenceExpressionBuilderInterpolatedStringHandler
    {
        private readonly ReferenceExpressionBuilder _builder;

        /// <summary>Called by the compiler.</summary>
        public ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder) =>
            _builder = builder;

        /// <summary>Adds text.</summary>
        public void AppendLiteral(string value) => _builder.AppendLiteral(value);

        /// <summary>Adds text.</summary>
        public void AppendFormatted(string? value) => _builder.AppendLiteral(value ?? "");

        /// <summary>Adds a value.</summary>
        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider => _builder.AppendValueProvider(valueProvider);

        /// <summary>Adds a value; the format <c>uri</c> escapes it.</summary>
        public void AppendFormatted<T>(T valueProvider, string format) where T : IValueProvider, IManifestExpressionProvider =>
            _builder.AppendValueProvider(valueProvider, format);
    }
}
