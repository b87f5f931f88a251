using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Adds values that come from outside.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value is the configuration key <c>Parameters:{name}</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        Add(builder, new(name, fallback => Configured(builder, name) ?? fallback?.GetDefaultValue() ?? throw Missing(name), secret));

    /// <summary>Adds a parameter with a value that configuration may replace.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">Its value when nothing is configured.</param>
    /// <param name="publishValueAsDefault">Whether the value stands in the manifest.</param>
    /// <param name="secret">Whether it is to be kept out of sight.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>Adds a parameter with a value that configuration may replace.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="valueGetter">Gives its value when nothing is configured.</param>
    /// <param name="publishValueAsDefault">Whether the value stands in the manifest.</param>
    /// <param name="secret">Whether it is to be kept out of sight.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        if (publishValueAsDefault && secret)
            throw new ArgumentException("A secret must not be published: leave out publishValueAsDefault or secret.", nameof(secret));
        var parameter = new ParameterResource(name, _ => Configured(builder, name) ?? valueGetter(), secret);
        if (publishValueAsDefault)
            parameter.Default = new ConstantParameterDefault(valueGetter);
        return Add(builder, parameter);
    }

    /// <summary>Adds a parameter with a default that configuration may replace, for example a generated secret.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The default.</param>
    /// <param name="secret">Whether it is to be kept out of sight.</param>
    /// <param name="persist">Kept for source compatibility: the runner stores no secrets, a generated one lasts until the application ends.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(builder, new(name, fallback => Configured(builder, name) ?? fallback!.GetDefaultValue(), secret) { Default = value });
    }

    /// <summary>Adds a parameter whose value is a given configuration key.</summary>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, string name, string configurationKey, bool secret = false) =>
        Add(builder, new(name, fallback => builder.Configuration[configurationKey] ?? fallback?.GetDefaultValue()
            ?? throw new MissingParameterValueException(
                $"The parameter '{name}' has no value. Set the configuration key {configurationKey} (environment variable {Variable(configurationKey)})."), secret));

    /// <summary>Says what the parameter is for.</summary>
    public static IResourceBuilder<ParameterResource> WithDescription(
        this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.Description = description;
        return builder;
    }

    /// <summary>Adds a connection string whose value is the configuration key <c>ConnectionStrings:{name}</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The connection string's name.</param>
    /// <param name="environmentVariableName">The environment variable that hands it out; <see langword="null"/>: <c>ConnectionStrings__{name}</c>.</param>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ConnectionStringParameterResource(name, _ => builder.Configuration.GetConnectionString(name)
            ?? throw new MissingParameterValueException(
                $"The connection string '{name}' has no value. Set the configuration key ConnectionStrings:{name} (environment variable ConnectionStrings__{name})."),
            environmentVariableName));
    }

    /// <summary>Adds a connection string put together from other values.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, ReferenceExpression connectionStringExpression)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ConnectionStringResource(name, connectionStringExpression));
    }

    /// <summary>Adds a connection string put together from other values.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, Action<ReferenceExpressionBuilder> connectionStringBuilder)
    {
        ArgumentNullException.ThrowIfNull(connectionStringBuilder);
        var expression = new ReferenceExpressionBuilder();
        connectionStringBuilder(expression);
        return builder.AddConnectionString(name, expression.Build());
    }

    /// <summary>A parameter that belongs to another resource and stands in no list.</summary>
    internal static ParameterResource CreateGeneratedParameter(
        IDistributedApplicationBuilder builder, string name, bool secret, GenerateParameterDefault value) =>
        new(name, fallback => Configured(builder, name) ?? fallback!.GetDefaultValue(), secret) { Default = value };

    private static IResourceBuilder<ParameterResource> Add(IDistributedApplicationBuilder builder, ParameterResource parameter) => builder.AddResource(parameter);

    private static string? Configured(IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration[$"Parameters:{name}"] ?? builder.Configuration[$"Parameters:{name.Replace('-', '_')}"];

    private static MissingParameterValueException Missing(string name) => new(
        $"The parameter '{name}' has no value. Set the configuration key Parameters:{name} (environment variable Parameters__{name.Replace('-', '_')}).");

    private static string Variable(string key) => key.Replace(":", "__", StringComparison.Ordinal);
}

/// <summary>A connection string that comes from outside.</summary>
internal sealed class ConnectionStringParameterResource : ParameterResource, IResourceWithConnectionString, IResourceWithWaitSupport
{
    public ConnectionStringParameterResource(string name, Func<ParameterDefault?, string> callback, string? environmentVariable)
        : base(name, callback, secret: true)
    {
        IsConnectionString = true;
        ConnectionStringEnvironmentVariable = environmentVariable;
    }

    public string? ConnectionStringEnvironmentVariable { get; }

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{(ParameterResource)this}");

    string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";
}
