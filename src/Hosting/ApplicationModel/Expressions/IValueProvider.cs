namespace Aspire.Hosting.ApplicationModel;

/// <summary>Has a value when the application runs.</summary>
public interface IValueProvider
{
    /// <summary>The value; it may be known only once something else has started.</summary>
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);

    /// <summary>The value as <paramref name="context"/>'s caller sees it.</summary>
    ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) => GetValueAsync(cancellationToken);
}

/// <summary>Who asks for a value.</summary>
public sealed class ValueProviderContext
{
    /// <summary>What the application is doing.</summary>
    public DistributedApplicationExecutionContext? ExecutionContext { get; init; }

    /// <summary>The resource that will get the value.</summary>
    public IResource? Caller { get; init; }
}

/// <summary>Can be named in a manifest.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>The expression, for example <c>{redis.connectionString}</c>.</summary>
    string ValueExpression { get; }
}

/// <summary>Is made from other values.</summary>
public interface IValueWithReferences
{
    /// <summary>What it is made from.</summary>
    IEnumerable<object> References { get; }
}

/// <summary>Has a value at run time and an expression in a manifest.</summary>
public interface IExpressionValue : IValueProvider, IManifestExpressionProvider;
