using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>Turns what the runner knows of a replica into what others see.</summary>
internal static class ReplicaSnapshot
{
    public static CustomResourceSnapshot Of(Replica replica, IReadOnlyList<ResourceUrlAnnotation> urls)
    {
        var status = replica.Status;
        return new()
        {
            ResourceType = TypeOf(replica.Resource),
            State = new(status.State, StyleOf(status)),
            HealthStatus = status.Health,
            HealthDescription = status.Reason,
            ExitCode = status.ExitCode,
            StartTimeStamp = status.StartedAt?.UtcDateTime,
            StopTimeStamp = status.StoppedAt?.UtcDateTime,
            ProcessId = status.ProcessId,
            Restarts = status.Restarts,
            EnvironmentVariables = [.. replica.Environment.Select(pair => new EnvironmentVariableSnapshot(pair.Key, pair.Value, IsFromSpec: true))],
            Urls = [.. Addresses(replica), .. urls.Where(url => url.Endpoint is null || !IsOwn(url)).Select(url =>
                new UrlSnapshot(url.Endpoint?.EndpointName, url.Url, url.DisplayLocation == UrlDisplayLocation.DetailsOnly) { DisplayText = url.DisplayText })],
        };
    }

    public static string TypeOf(IResource resource) => resource switch
    {
        ProjectResource => "Project",
        ExecutableResource => "Executable",
        RedisResource => "Redis",
        ContainerResource => "Container",
        IResourceWithConnectionString => "ConnectionString",
        ParameterResource => "Parameter",
        _ => resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal),
    };

    /// <summary>The address of this replica, not of the resource as a whole.</summary>
    public static string? UrlOf(Replica replica) => Addresses(replica).FirstOrDefault()?.Url;

    private static IEnumerable<UrlSnapshot> Addresses(Replica replica) =>
        replica.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => replica.Index < endpoint.Replicas.Count)
            .Select(endpoint => new UrlSnapshot(endpoint.Name, endpoint.Replicas[replica.Index].UriString, IsInternal: false));

    private static bool IsOwn(ResourceUrlAnnotation url) => url.Endpoint!.IsAllocated && url.Url == url.Endpoint.Url;

    private static string? StyleOf(ReplicaStatus status) => status switch
    {
        { State: nameof(KnownResourceStates.FailedToStart) } => KnownResourceStateStyles.Error,
        { State: nameof(KnownResourceStates.Exited), ExitCode: not (null or 0) } => KnownResourceStateStyles.Error,
        { State: nameof(KnownResourceStates.Running), Health: HealthStatus.Healthy } => KnownResourceStateStyles.Success,
        { State: nameof(KnownResourceStates.Running) } => KnownResourceStateStyles.Warn,
        _ => null,
    };
}
