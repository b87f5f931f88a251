using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Testing;

/// <summary>Reaches the resources of an application under test.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>A client whose base address is an endpoint of a resource; with replicas, the first one's.</summary>
    /// <param name="app">The started application.</param>
    /// <param name="resourceName">The resource.</param>
    /// <param name="endpointName">The endpoint; without it https is preferred, then http.</param>
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = default)
    {
        var address = app.GetEndpoint(resourceName, endpointName);
        var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = address;
        return client;
    }

    /// <summary>The address of an endpoint of a resource; with replicas, the first one's.</summary>
    /// <param name="app">The started application.</param>
    /// <param name="resourceName">The resource.</param>
    /// <param name="endpointName">The endpoint; without it https is preferred, then http.</param>
    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = default)
    {
        if (Resource(app, resourceName) is not IResourceWithEndpoints resource)
            throw new InvalidOperationException($"The resource '{resourceName}' has no endpoints.");
        var endpoints = resource.GetEndpoints().ToArray();
        var endpoint = endpointName is not null
            ? Array.Find(endpoints, e => string.Equals(e.EndpointName, endpointName, StringComparison.OrdinalIgnoreCase))
            : Array.Find(endpoints, e => e.IsHttps) ?? Array.Find(endpoints, e => e.IsHttp);
        return endpoint is { IsAllocated: true }
            ? new Uri(endpoint.Url)
            : throw new InvalidOperationException(endpoint is null
                ? $"The resource '{resourceName}' has no endpoint '{endpointName ?? "http"}'."
                : $"The address of '{resourceName}' is not known: the application is not started.");
    }

    /// <summary>The connection string of a resource.</summary>
    public static ValueTask<string?> GetConnectionStringAsync(this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default) =>
        Resource(app, resourceName) is IResourceWithConnectionString resource
            ? resource.GetConnectionStringAsync(cancellationToken)
            : throw new InvalidOperationException($"The resource '{resourceName}' has no connection string.");

    private static IResource Resource(DistributedApplication app, string name)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .FirstOrDefault(resource => string.Equals(resource.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"The application has no resource '{name}'.", nameof(name));
    }
}
