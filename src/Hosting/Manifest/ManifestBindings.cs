using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the endpoints of a resource.</summary>
internal static class ManifestBindings
{
    // Endpoints that need a port, and for which neither the model nor the deployment tool chooses one, get them from here.
    private const int FirstAllocatedPort = 8000;

    public static void Write(IResource resource, Utf8JsonWriter writer)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToArray();
        if (endpoints.Length == 0)
            return;
        var next = FirstAllocatedPort;
        writer.WriteStartObject("bindings");
        foreach (var endpoint in endpoints)
        {
            writer.WriteStartObject(endpoint.Name);
            writer.WriteString("scheme", endpoint.UriScheme);
            writer.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
            writer.WriteString("transport", endpoint.Transport);
            var target = TargetPort(resource, endpoint, endpoints, ref next);
            if (endpoint.Port is { } port && port != target && resource is not RedisResource)
                writer.WriteNumber("port", port);
            if (target is not null)
                writer.WriteNumber("targetPort", target.Value);
            if (endpoint.IsExternal)
                writer.WriteBoolean("external", true);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>The first http and the first https endpoint of a project leave the choice to the deployment tool.</summary>
    private static int? TargetPort(IResource resource, EndpointAnnotation endpoint, EndpointAnnotation[] all, ref int next)
    {
        if (endpoint.TargetPort is { } target)
            return target;
        if (resource.Annotations.OfType<ContainerTargetPortAnnotation>().FirstOrDefault() is { } inside)
            return inside.Port;
        if (endpoint.UriScheme is "http" or "https" && (resource is not ProjectResource || all.First(e => e.UriScheme == endpoint.UriScheme) == endpoint))
            return null;
        return endpoint.Port ?? next++;
    }
}
