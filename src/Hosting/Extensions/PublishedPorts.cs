using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Tells a deployed project which ports to listen on.</summary>
internal static class PublishedPorts
{
    public static void Add(EnvironmentCallbackContext context)
    {
        var project = (ProjectResource)context.Resource;
        var endpoints = project.Annotations.OfType<EndpointAnnotation>().ToArray();
        AddPorts(context, project, "HTTP_PORTS", endpoints.Where(endpoint => endpoint.UriScheme == "http"));

        // The deployment ends TLS before the default https endpoint.
        AddPorts(context, project, "HTTPS_PORTS", endpoints.Where(endpoint => endpoint.UriScheme == "https").Skip(1));
    }

    private static void AddPorts(EnvironmentCallbackContext context, ProjectResource project, string variable, IEnumerable<EndpointAnnotation> endpoints)
    {
        var ports = new ReferenceExpressionBuilder();
        foreach (var endpoint in endpoints)
        {
            if (!ports.IsEmpty)
                ports.AppendLiteral(";");
            ports.AppendValueProvider(new EndpointReference(project, endpoint.Name).Property(EndpointProperty.TargetPort));
        }

        if (!ports.IsEmpty)
            context.EnvironmentVariables[variable] = ports.Build();
    }
}
