using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What a reference hands out.</summary>
[Flags]
public enum ReferenceEnvironmentInjectionFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>ConnectionStrings__{name}</c>.</summary>
    ConnectionString = 1,

    /// <summary><c>{NAME}_{PART}</c> of a connection string.</summary>
    ConnectionProperties = 2,

    /// <summary><c>services__{name}__{scheme}__{index}</c>.</summary>
    ServiceDiscovery = 4,

    /// <summary><c>{NAME}_{ENDPOINT}</c>.</summary>
    Endpoints = 8,

    /// <summary>All of it.</summary>
    All = ConnectionString | ConnectionProperties | ServiceDiscovery | Endpoints,
}

public static partial class ResourceBuilderExtensions
{
    /// <summary>Hands out a connection string as <c>ConnectionStrings__{name}</c>, and its parts as <c>{NAME}_{PART}</c>.</summary>
    /// <param name="builder">Who gets it.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="connectionName">Its name; <see langword="null"/>: the source's.</param>
    /// <param name="optional">Whether it may have no value.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        Relate(builder, resource);
        return builder.WithEnvironment(context =>
        {
            if (Injects(context.Resource, ReferenceEnvironmentInjectionFlags.ConnectionString))
                context.EnvironmentVariables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}"] =
                    new ConnectionStringReference(resource, optional);
            if (Injects(context.Resource, ReferenceEnvironmentInjectionFlags.ConnectionProperties))
                foreach (var (part, value) in resource.GetConnectionProperties())
                    context.EnvironmentVariables[$"{VariableName(name)}_{part.ToUpperInvariant()}"] = value;
        });
    }

    /// <summary>Hands out the addresses of a resource: one per endpoint and replica.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source) where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        return AddEndpoints(builder, source.Resource, source.Resource.Name, VariableName(source.Resource.Name), null);
    }

    /// <summary>Hands out the addresses of a resource under another name.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        return AddEndpoints(builder, source.Resource, name, name, null);
    }

    /// <summary>Hands out a fixed address.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri || uri.AbsolutePath != "/")
            throw new ArgumentException($"The address of the service '{name}' must be absolute and without a path, not '{uri}'.", nameof(uri));
        return builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables[$"services__{name}__default__0"] = uri.ToString();
            context.EnvironmentVariables[name] = uri.ToString();
        });
    }

    /// <summary>Hands out the addresses of one endpoint.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        var owner = endpointReference.Resource;
        return AddEndpoints(builder, owner, owner.Name, VariableName(owner.Name), endpointReference.EndpointName);
    }

    /// <summary>Says what references of this resource hand out to it.</summary>
    public static IResourceBuilder<TDestination> WithReferenceEnvironment<TDestination>(
        this IResourceBuilder<TDestination> builder, ReferenceEnvironmentInjectionFlags flags) where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ReferenceEnvironmentAnnotation(flags), ResourceAnnotationMutationBehavior.Replace);
    }

    private static IResourceBuilder<T> AddEndpoints<T>(
        IResourceBuilder<T> builder, IResourceWithEndpoints owner, string serviceName, string variableName, string? endpointName) where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        Relate(builder, owner);
        return builder.WithEnvironment(context =>
        {
            var indexes = new Dictionary<string, int>();
            foreach (var endpoint in owner.Annotations.OfType<EndpointAnnotation>())
            {
                if (endpointName is null ? endpoint.ExcludeReferenceEndpoint : !string.Equals(endpointName, endpoint.Name, StringComparison.OrdinalIgnoreCase))
                    continue;
                AddEndpoint(context, new EndpointReference(owner, endpoint.Name), serviceName, variableName, indexes);
            }
        });
    }

    /// <summary>One entry per replica while the application runs; in a manifest there is one address for all.</summary>
    private static void AddEndpoint(
        EnvironmentCallbackContext context, EndpointReference endpoint, string serviceName, string variableName, Dictionary<string, int> indexes)
    {
        if (Injects(context.Resource, ReferenceEnvironmentInjectionFlags.Endpoints))
            context.EnvironmentVariables[$"{variableName}_{VariableName(endpoint.EndpointName)}"] = endpoint;
        if (!Injects(context.Resource, ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
            return;
        var segment = endpoint.IsHttpSchemeNamedEndpoint ? endpoint.Scheme : endpoint.EndpointName;
        var replicas = context.ExecutionContext.IsRunMode ? endpoint.Resource.GetReplicaCount() : 1;
        for (var replica = 0; replica < replicas; replica++)
        {
            var index = indexes.GetValueOrDefault(segment);
            indexes[segment] = index + 1;
            context.EnvironmentVariables[string.Create(CultureInfo.InvariantCulture, $"services__{serviceName}__{segment}__{index}")] =
                endpoint.OfReplica(replica);
        }
    }

    private static bool Injects(IResource resource, ReferenceEnvironmentInjectionFlags flag) =>
        (resource.Annotations.OfType<ReferenceEnvironmentAnnotation>().LastOrDefault()?.Flags ?? ReferenceEnvironmentInjectionFlags.All).HasFlag(flag);

    private static void Relate<T>(IResourceBuilder<T> builder, IResource other) where T : IResource =>
        builder.WithAnnotation(new ResourceRelationshipAnnotation(other, "Reference"));

    /// <summary>A name as part of an environment variable: upper case, with underscores for what is neither letter nor digit.</summary>
    private static string VariableName(string name)
    {
        var text = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));
        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? "_" + text : text;
    }

    private sealed record ReferenceEnvironmentAnnotation(ReferenceEnvironmentInjectionFlags Flags) : IResourceAnnotation;

    private sealed class ConnectionStringReference(IResourceWithConnectionString resource, bool optional) : IExpressionValue, IValueWithReferences
    {
        public string ValueExpression => $"{{{resource.Name}.connectionString}}";

        public IEnumerable<object> References => [resource];

        public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                var value = await resource.GetConnectionStringAsync(cancellationToken);
                return value is { Length: > 0 } || optional
                    ? value
                    : throw new MissingParameterValueException($"The connection string of '{resource.Name}' is empty.");
            }
            catch (MissingParameterValueException) when (optional)
            {
                return null;
            }
        }
    }
}
