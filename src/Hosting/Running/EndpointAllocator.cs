using Aspire.Hosting.ApplicationModel;
using ShopSession.Hosting;

namespace Aspire.Hosting.Running;

/// <summary>Gives every endpoint of every replica its address.</summary>
internal sealed class EndpointAllocator(RunnerEnvironment environment, bool randomizePorts)
{
    public void Allocate(IResource resource, int replicas)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var fixedPort = endpoint.FromLaunchProfile && replicas > 1 ? null : FixedPort(endpoint);
            if (fixedPort is not null && replicas > 1)
                throw new DistributedApplicationException(
                    $"'{resource.Name}' has {replicas} replicas and the fixed port {fixedPort} for its endpoint '{endpoint.Name}'. Each replica has an address of "
                    + "its own here: leave the port out, or use one replica.");
            if (fixedPort is { } port)
                CheckFree(resource, endpoint, port);
            endpoint.Replicas = [.. Enumerable.Range(0, replicas).Select(_ => new AllocatedEndpoint(endpoint, endpoint.TargetHost, fixedPort ?? PortAllocator.Next()))];
            endpoint.AllocatedEndpoint = endpoint.Replicas[0];
        }
    }

    /// <summary>In a test all ports are free ones, but for those that a setting names: the test has chosen them.</summary>
    private int? FixedPort(EndpointAnnotation endpoint)
    {
        var port = endpoint.TargetPort ?? endpoint.Port;
        return port is null || (randomizePorts && environment.SettingOfPort(port.Value) is null) ? null : port;
    }

    private void CheckFree(IResource resource, EndpointAnnotation endpoint, int port)
    {
        if (PortAllocator.IsFree(port))
            return;
        var remedy = environment.SettingOfPort(port) is { } setting ? $"set {setting.EnvironmentName} to a free port" : "change the port in the application's model";
        throw new DistributedApplicationException(
            $"Port {port}, on which '{resource.Name}' listens ({endpoint.Name}), is taken by another program. End that program, or {remedy}.");
    }
}
