using System.Globalization;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with values in it that are known only at run time, or by name in a manifest. Immutable.</summary>
public class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    private readonly IReadOnlyList<string?> _formats;

    internal ReferenceExpression(string format, IReadOnlyList<IValueProvider> valueProviders, IReadOnlyList<string> manifestExpressions, IReadOnlyList<string?> formats)
    {
        Format = format;
        ValueProviders = valueProviders;
        _formats = formats;
        ManifestExpressions = [.. manifestExpressions.Select((expression, i) => Filter(expression, formats[i]))];
    }

    /// <summary>No text at all.</summary>
    public static ReferenceExpression Empty { get; } = new("", [], [], []);

    /// <summary>The text as a composite format string.</summary>
    public string Format { get; }

    /// <summary>What fills the places of <see cref="Format"/> at run time.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    /// <summary>What fills the places of <see cref="Format"/> in a manifest.</summary>
    public IReadOnlyList<string> ManifestExpressions { get; }

    /// <inheritdoc/>
    public virtual string ValueExpression => string.Format(CultureInfo.InvariantCulture, Format, [.. ManifestExpressions]);

    /// <inheritdoc/>
    public virtual IEnumerable<object> References => ValueProviders;

    internal IReadOnlyList<string?> Formats => _formats;

    /// <summary>Makes an expression from an interpolated string: <c>Create($"{endpoint}/path")</c>.</summary>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Build();

    /// <summary>An expression that has one of two values, depending on a third.</summary>
    /// <param name="condition">The value that decides; it must also have a manifest expression.</param>
    /// <param name="matchValue">What it is compared with, without regard to case.</param>
    /// <param name="whenTrue">The result when they are equal.</param>
    /// <param name="whenFalse">The result otherwise.</param>
    public static ReferenceExpression CreateConditional(
        IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse) =>
        new ConditionalReferenceExpression(condition, matchValue, whenTrue, whenFalse);

    /// <inheritdoc/>
    public virtual async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var values = new object?[ValueProviders.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var value = await ValueProviders[i].GetValueAsync(cancellationToken);
            values[i] = _formats[i] == UriFormat && value is not null ? Uri.EscapeDataString(value) : value;
        }

        // One value alone may be absent as a whole; text around it always makes a string.
        return values.Length == 1 && Format == "{0}" ? (string?)values[0] : string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    internal const string UriFormat = "uri";

    private static string Filter(string expression, string? format) =>
        format == UriFormat && expression.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            ? string.Concat(expression.AsSpan(0, dot), "-uri-encoded", expression.AsSpan(dot))
            : expression;

    /// <summary>Collects the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler
    {
        private readonly ReferenceExpressionBuilder _builder;

        /// <summary>Called by the compiler.</summary>
        public ExpressionInterpolatedStringHandler(int literalLength, int formattedCount) => _builder = new ReferenceExpressionBuilder();

        /// <summary>Adds text.</summary>
        public readonly void AppendLiteral(string value) => _builder.AppendLiteral(value);

        /// <summary>Adds text.</summary>
        public readonly void AppendFormatted(string? value) => _builder.AppendLiteral(value ?? "");

        /// <summary>Adds text; the format <c>uri</c> escapes it.</summary>
        public readonly void AppendFormatted(string? value, string format) =>
            _builder.AppendLiteral(format == UriFormat ? Uri.EscapeDataString(value ?? "") : value ?? "");

        /// <summary>Adds a value.</summary>
        public readonly void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider => _builder.AppendValueProvider(valueProvider);

        /// <summary>Adds a value; the format <c>uri</c> escapes it.</summary>
        public readonly void AppendFormatted<T>(T valueProvider, string format) where T : IValueProvider, IManifestExpressionProvider =>
            _builder.AppendValueProvider(valueProvider, format);

        /// <summary>Adds the value of a resource.</summary>
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider) where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _builder.AppendValueProvider(valueProvider.Resource);

        /// <summary>Adds the value of a resource; the format <c>uri</c> escapes it.</summary>
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string format)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _builder.AppendValueProvider(valueProvider.Resource, format);

        internal readonly ReferenceExpression Build() => _builder.Build();
    }
}
