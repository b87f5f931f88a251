using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds an endpoint.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The port that others use; <see langword="null"/>: any free one.</param>
    /// <param name="targetPort">The port that the process listens on; <see langword="null"/>: the same.</param>
    /// <param name="scheme">The scheme of its address; <see langword="null"/>: the protocol's name.</param>
    /// <param name="name">Its name; <see langword="null"/>: the scheme.</param>
    /// <param name="env">The environment variable that tells the process its port.</param>
    /// <param name="isProxied">Whether a proxy may stand before it. The runner starts none.</param>
    /// <param name="isExternal">Whether it may be reached from outside.</param>
    /// <param name="protocol">TCP or UDP.</param>
    /// <exception cref="DistributedApplicationException">The resource has an endpoint of that name.</exception>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? scheme = null, string? name = null, string? env = null,
        bool? isProxied = null, bool? isExternal = null, ProtocolType? protocol = null) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var endpoint = new EndpointAnnotation(
            protocol ?? ProtocolType.Tcp, scheme, name: name, port: port, targetPort: targetPort, isExternal: isExternal, isProxied: isProxied ?? true)
        {
            PortEnvironmentVariable = env,
            TlsEnabled = scheme is "https" or "rediss",
        };
        if (Endpoints(builder.Resource).Any(existing => string.Equals(existing.Name, endpoint.Name, StringComparison.OrdinalIgnoreCase)))
            throw new DistributedApplicationException(
                $"The resource '{builder.Resource.Name}' has an endpoint '{endpoint.Name}' already. Give this one another name.");
        return builder.WithAnnotation(endpoint);
    }

    /// <summary>Changes an endpoint, or adds it.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, string endpointName, Action<EndpointAnnotation> callback, bool createIfNotExists = true) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(callback);
        var endpoint = Endpoints(builder.Resource).FirstOrDefault(e => string.Equals(e.Name, endpointName, StringComparison.OrdinalIgnoreCase));
        if (endpoint is null && createIfNotExists)
        {
            endpoint = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName);
            builder.WithAnnotation(endpoint);
        }

        if (endpoint is not null)
            callback(endpoint);
        return builder;
    }

    /// <summary>Adds an HTTP endpoint, named <c>http</c> unless said otherwise.</summary>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, scheme: "http", name: name, env: env, isProxied: isProxied);

    /// <summary>Adds an HTTPS endpoint, named <c>https</c> unless said otherwise.</summary>
    public static IResourceBuilder<T> WithHttpsEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, scheme: "https", name: name, env: env, isProxied: isProxied);

    /// <summary>Lets the HTTP and HTTPS endpoints be reached from outside.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var endpoint in Endpoints(builder.Resource).Where(e => e.UriScheme is "http" or "https"))
            endpoint.IsExternal = true;
        return builder;
    }

    /// <summary>Says that the HTTP endpoints speak HTTP/2 only.</summary>
    public static IResourceBuilder<T> AsHttp2Service<T>(this IResourceBuilder<T> builder) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var endpoint in Endpoints(builder.Resource).Where(e => e.UriScheme is "http" or "https"))
            endpoint.Transport = "http2";
        return builder;
    }

    /// <summary>Names an endpoint of the resource; it need not exist yet.</summary>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return new(builder.Resource, name);
    }

    private static IEnumerable<EndpointAnnotation> Endpoints(IResource resource) => resource.Annotations.OfType<EndpointAnnotation>();
}
