namespace Aspire.Hosting.ApplicationModel;

/// <summary>How many processes run a resource.</summary>
/// <param name="replicas">Their number.</param>
public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    /// <summary>Their number.</summary>
    public int Replicas { get; } = replicas;
}

/// <summary>The resource starts only when somebody says so.</summary>
public sealed class ExplicitStartupAnnotation : IResourceAnnotation;

/// <summary>A name of the health check, registered with the application's services, that speaks for the resource.</summary>
/// <param name="key">The name.</param>
public sealed class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    /// <summary>The name.</summary>
    public string Key { get; } = key;
}

/// <summary>A relation to another resource, for display.</summary>
/// <param name="resource">The other one.</param>
/// <param name="type">What it is to this one: <c>Reference</c>, <c>WaitFor</c>, <c>Parent</c>.</param>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    /// <summary>The other one.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What it is to this one.</summary>
    public string Type { get; } = type;
}
