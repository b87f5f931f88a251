using System.Net;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Counts a replica as healthy when a path answers as expected. Every replica is asked for itself.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path; <see langword="null"/>: <c>/</c>.</param>
    /// <param name="statusCode">The status that counts as healthy; <see langword="null"/>: 200.</param>
    /// <param name="endpointName">The endpoint; <see langword="null"/>: the first of http, https.</param>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null) where T : IResourceWithEndpoints =>
        builder.WithHttpHealthCheck(() => HealthEndpoint(builder.Resource, endpointName), path, statusCode);

    /// <summary>Counts a replica as healthy when a path answers as expected. Every replica is asked for itself.</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = null) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var select = endpointSelector ?? (() => HealthEndpoint(builder.Resource, null));
        var checkedPath = path ?? "/";
        var status = statusCode ?? (int)HttpStatusCode.OK;
        return builder.WithAnnotation(new ReplicaProbeAnnotation(
            $"{builder.Resource.Name}_{checkedPath}_{status}_check",
            (replica, token) => HttpProbe.CheckAsync(new Uri(new Uri(select().OfReplica(replica).Url), checkedPath), status, token)));
    }

    /// <summary>Adds a health check that is registered with the application's services.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="key">The check's name.</param>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(check => check.Key == key))
            throw new DistributedApplicationException($"The resource '{builder.Resource.Name}' has the health check '{key}' already.");
        return builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    private static EndpointReference HealthEndpoint(IResourceWithEndpoints resource, string? endpointName)
    {
        var name = endpointName ?? Endpoints(resource).FirstOrDefault(e => e.UriScheme is "http" or "https")?.Name;
        return name is not null
            ? new(resource, name)
            : throw new DistributedApplicationException($"The resource '{resource.Name}' has an HTTP health check but no HTTP endpoint. Add one with WithHttpEndpoint.");
    }
}
