using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>The addresses of a resource that are shown to people.</summary>
internal static class ResourceUrls
{
    public static async Task<IReadOnlyList<ResourceUrlAnnotation>> CollectAsync(
        IResource resource, DistributedApplicationExecutionContext context, CancellationToken cancellationToken)
    {
        var urls = new List<ResourceUrlAnnotation>();
        if (resource is IResourceWithEndpoints owner)
            urls.AddRange(owner.GetEndpoints().Where(endpoint => endpoint.IsAllocated).Select(endpoint => new ResourceUrlAnnotation { Url = endpoint.Url, Endpoint = endpoint }));
        var first = urls.FirstOrDefault()?.Url;
        urls.AddRange(resource.Annotations.OfType<ResourceUrlAnnotation>());
        var callbackContext = new ResourceUrlsCallbackContext(context, resource, urls, cancellationToken);
        foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
            await callback.Callback(callbackContext);
        foreach (var url in urls)
            url.Url = Absolute(url, first);
        return [.. urls.OrderByDescending(url => url.DisplayOrder ?? 0)];
    }

    private static string Absolute(ResourceUrlAnnotation url, string? first) =>
        !url.Url.Contains("://", StringComparison.Ordinal) && (url.Endpoint is { IsAllocated: true } endpoint ? endpoint.Url : first) is { } start
            ? new Uri(new Uri(start), url.Url).ToString()
            : url.Url;
}
