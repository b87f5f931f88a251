using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>A resource that runs as processes.</summary>
/// <param name="resource">The resource.</param>
/// <param name="plan">How to run it.</param>
internal sealed class ResourceRun(IResource resource, IProcessPlan plan)
{
    public IResource Resource { get; } = resource;

    public IProcessPlan Plan { get; } = plan;

    public IReadOnlyList<Replica> Replicas { get; init; } = [];

    public bool StartsByItself => !Resource.Annotations.OfType<ExplicitStartupAnnotation>().Any();

    /// <summary>The replicas' names: numbered for projects, whose number may change; the resource's own for what exists once.</summary>
    public static string NameOf(IResource resource, int index) => resource is ProjectResource ? $"{resource.Name}-{index + 1}" : resource.Name;
}
