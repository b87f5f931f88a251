namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address of a resource, for people.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    /// <summary>The address; a relative one starts at the endpoint.</summary>
    public required string Url { get; set; }

    /// <summary>What is shown for it.</summary>
    public string? DisplayText { get; set; }

    /// <summary>Greater ones stand first.</summary>
    public int? DisplayOrder { get; set; }

    /// <summary>Where it is shown.</summary>
    public UrlDisplayLocation DisplayLocation { get; set; }

    /// <summary>The endpoint that it belongs to.</summary>
    public EndpointReference? Endpoint { get; init; }
}

/// <summary>Where an address is shown.</summary>
public enum UrlDisplayLocation
{
    /// <summary>In the table and in the details.</summary>
    SummaryAndDetails,

    /// <summary>Only in the details.</summary>
    DetailsOnly,
}

/// <summary>Changes the addresses of a resource once its endpoints are known.</summary>
/// <param name="callback">Changes them.</param>
public sealed class ResourceUrlsCallbackAnnotation(Func<ResourceUrlsCallbackContext, Task> callback) : IResourceAnnotation
{
    /// <summary>Changes them.</summary>
    public Func<ResourceUrlsCallbackContext, Task> Callback { get; } = callback;
}

/// <summary>What a callback for addresses works on.</summary>
/// <param name="executionContext">What the application is doing.</param>
/// <param name="resource">The resource.</param>
/// <param name="urls">The addresses so far.</param>
/// <param name="cancellationToken">Ends the work.</param>
public sealed class ResourceUrlsCallbackContext(
    DistributedApplicationExecutionContext executionContext, IResource resource, List<ResourceUrlAnnotation>? urls = null,
    CancellationToken cancellationToken = default)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The addresses so far.</summary>
    public List<ResourceUrlAnnotation> Urls { get; } = urls ?? [];

    /// <summary>What the application is doing.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>An endpoint of the resource, or <see langword="null"/>.</summary>
    public EndpointReference? GetEndpoint(string name) =>
        Resource is IResourceWithEndpoints owner && new EndpointReference(owner, name) is { Exists: true } endpoint ? endpoint : null;
}
