using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Shows an address; a relative one starts at the resource's first endpoint.</summary>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, string url, string? displayText = null) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(url);
        return builder.WithAnnotation(new ResourceUrlAnnotation { Url = url, DisplayText = displayText });
    }

    /// <summary>Shows an address with values in it.</summary>
    public static IResourceBuilder<T> WithUrl<T>(
        this IResourceBuilder<T> builder, in ReferenceExpression.ExpressionInterpolatedStringHandler url, string? displayText = null)
        where T : IResource => builder.WithUrl(url.Build(), displayText);

    /// <summary>Shows an address with values in it.</summary>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, ReferenceExpression url, string? displayText = null) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(url);
        return builder.WithUrls(async context => context.Urls.Add(new()
        {
            Url = await url.GetValueAsync(context.CancellationToken) ?? "",
            DisplayText = displayText,
        }));
    }

    /// <summary>Changes the address that is shown for an endpoint.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource => builder.WithUrls(context =>
        {
            foreach (var url in context.Urls.Where(url => string.Equals(url.Endpoint?.EndpointName, endpointName, StringComparison.OrdinalIgnoreCase)))
                callback(url);
        });

    /// <summary>Adds an address for an endpoint.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(
        this IResourceBuilder<T> builder, string endpointName, Func<EndpointReference, ResourceUrlAnnotation> callback) where T : IResourceWithEndpoints =>
        builder.WithUrls(context =>
        {
            if (context.GetEndpoint(endpointName) is { } endpoint)
                context.Urls.Add(WithEndpointOf(callback(endpoint), endpoint));
        });

    /// <summary>Changes the addresses that are shown.</summary>
    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Action<ResourceUrlsCallbackContext> callback) where T : IResource =>
        builder.WithUrls(context =>
        {
            callback(context);
            return Task.CompletedTask;
        });

    /// <summary>Changes the addresses that are shown.</summary>
    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Func<ResourceUrlsCallbackContext, Task> callback) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));
    }

    private static ResourceUrlAnnotation WithEndpointOf(ResourceUrlAnnotation url, EndpointReference endpoint) => url.Endpoint is not null ? url : new()
    {
        Url = url.Url,
        DisplayText = url.DisplayText,
        DisplayOrder = url.DisplayOrder,
        DisplayLocation = url.DisplayLocation,
        Endpoint = endpoint,
    };
}
