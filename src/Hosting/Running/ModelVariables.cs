using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>The environment variables that the model gives to a resource.</summary>
internal static class ModelVariables
{
    /// <summary>As the model has them: strings and values to be asked for.</summary>
    public static async Task<Dictionary<string, object>> CollectAsync(
        IResource resource, DistributedApplicationExecutionContext context, CancellationToken cancellationToken)
    {
        var callbackContext = new EnvironmentCallbackContext(context, resource, cancellationToken: cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
            await annotation.Callback(callbackContext);
        return callbackContext.EnvironmentVariables;
    }

    public static async Task<Dictionary<string, string>> ResolveAsync(
        IResource resource, DistributedApplicationExecutionContext context, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, value) in await CollectAsync(resource, context, cancellationToken))
            if (await ValueAsync(value, cancellationToken) is { } text)
                values[name] = text;
        return values;
    }

    public static async ValueTask<string?> ValueAsync(object? value, CancellationToken cancellationToken) => value switch
    {
        null => null,
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(cancellationToken),
        IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(cancellationToken),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
